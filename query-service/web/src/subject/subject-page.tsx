import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useSearch } from 'wouter/use-browser-location';
import { useEvents } from '../api/events';
import { Button } from '../components/button';
import { EmptyState } from '../components/empty-state';
import { Failure } from '../components/failure';
import { Page } from '../components/page';
import { Select } from '../components/select';
import { Skeleton } from '../components/skeleton';
import { addressOf } from '../explorer/explorer-state';
import { EVERYTHING, exactly, withValue } from '../query/search';
import { paramsOfRange, presetNames, presets, rangeAt } from '../time/range';
import type { Preset } from '../time/range';
import { Activity } from './activity';
import { Counterparts } from './counterparts';
import { FirstSeen } from './first-seen';
import { History } from './history';
import { FIELD, PARAMETER } from './subject-address';
import type { Kind } from './subject-address';
import styles from './subject.module.css';

/** A history is read in its order, not scrolled through. */
const PAGE_SIZES = { first: '50', next: '50' };
const TITLE = { actor: 'Actor', entity: 'Entity' } as const;

/** The page of an actor or an entity: when it was active, with whom, what was new, and its history. */
export function SubjectPage({ kind }: { kind: Kind }) {
  const address = useSearch();
  const name = new URLSearchParams(address).get(PARAMETER[kind]) ?? '';
  if (name === '')
    return (
      <EmptyState title={`Which ${kind}?`}>
        <p>
          This page is reached from an event: open one and follow its {kind}.
        </p>
      </EmptyState>
    );
  return <Subject key={name} kind={kind} name={name} />;
}

function Subject({ kind, name }: { kind: Kind; name: string }) {
  const [preset, setPreset] = useState<Preset>('30d');
  const [asOf] = useState(Date.now);
  const search = withValue(EVERYTHING, FIELD[kind], exactly(name));
  const value = exactly(name);
  const params = useMemo(() => {
    const range = rangeAt({ preset }, asOf);
    return [
      [FIELD[kind], value] as const,
      ['status!', 'initiated'] as const,
      ...paramsOfRange(range),
    ];
  }, [kind, value, preset, asOf]);
  const events = useEvents(params, PAGE_SIZES);
  return (
    <Page
      title={name}
      lead={TITLE[kind]}
      actions={
        <>
          <Select
            label="Time"
            isLabelHidden
            options={presetNames.map((one) => [one, presets[one].label])}
            value={preset}
            onChange={setPreset}
          />
          <Link
            className={styles.explore}
            href={addressOf({ search, when: { preset } })}
          >
            Show in the explorer
          </Link>
        </>
      }
    >
      <Activity params={params} asOf={asOf} />
      <div className={styles.columns}>
        <Counterparts kind={kind} params={params} />
        <FirstSeen params={params} />
      </div>
      <section aria-label="History" className={styles.card}>
        <h2>History</h2>
        {events.error && <Failure error={events.error} />}
        {!events.data && !events.error && <Skeleton lines={6} />}
        {events.data && (
          <History events={events.data.pages.flatMap(({ data }) => data)} />
        )}
        {events.hasNextPage && (
          <Button
            isDisabled={events.isFetchingNextPage}
            onPress={() => void events.fetchNextPage()}
          >
            Show older events
          </Button>
        )}
      </section>
    </Page>
  );
}
