import { ChevronRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure';
import { Heading } from 'react-aria-components/Heading';
import { useFacets } from '../../api/events';
import type { Facet, FieldName } from '../../api/types';
import { classes } from '../../components/classes';
import { TextField } from '../../components/text-field';
import { usePaused } from '../../components/use-paused';
import { labelOf } from '../../query/fields';
import { count } from '../../text/count';
import type { Explorer } from '../use-explorer';
import { FacetValue } from './facet-value';
import styles from './facets.module.css';
import { useIsInSight } from './use-is-in-sight';

const MANY = 200;
/** How long somebody must stop typing before values are looked for, in milliseconds. */
const PAUSE_MS = 150;

/** One field with its values. Unless they are given they are fetched while the group is open and in sight. */
export function FacetGroup({
  field,
  few,
  isOpenAtFirst,
  fetched,
  explorer,
}: {
  field: FieldName;
  /** Values that are shown at first; from so many on they can be searched. */
  few: number;
  isOpenAtFirst: boolean;
  /** What was fetched with other fields, as far as it came. */
  fetched?: { facet: Facet | undefined; error: Error | null } | undefined;
  explorer: Explorer;
}) {
  const chosen = explorer.search.filters.some((one) => one.field === field);
  const [opened, setOpen] = useState<boolean>();
  const isOpen = opened ?? (isOpenAtFirst || chosen);
  const [typed, setTyped] = useState('');
  const contains = usePaused(typed, PAUSE_MS);
  const [limit, setLimit] = useState(few);
  const group = useRef<HTMLDivElement>(null);
  const isInSight = useIsInSight(group);
  const isGiven = fetched !== undefined && contains === '' && limit === few;
  const own = useFacets(explorer.params, [field], {
    contains,
    limit,
    isEnabled: !isGiven && isOpen && isInSight,
  });
  const facet = isGiven ? fetched.facet : (own.data?.[field] ?? fetched?.facet);
  const error = isGiven ? fetched.error : own.error;
  const label = labelOf(field);
  const most = Math.max(...(facet?.values.map((one) => one.count) ?? []), 1);
  return (
    <Disclosure
      ref={group}
      className={styles.group!}
      isExpanded={isOpen}
      onExpandedChange={setOpen}
      data-facet={isOpen && !facet && !error ? 'waiting' : 'shown'}
    >
      <Heading level={3} className={styles.heading!}>
        <Button slot="trigger" className={styles.trigger!}>
          <ChevronRight size={13} aria-hidden className={styles.arrow} />
          {label}
          {facet && facet.distinct_count > few && (
            <span className={styles.distinct}>
              {count(facet.distinct_count)}
            </span>
          )}
        </Button>
      </Heading>
      <DisclosurePanel>
        {(typed !== '' || (facet?.distinct_count ?? 0) > few) && (
          <div className={styles.search}>
            <TextField
              label={`Search in ${label}`}
              isLabelHidden
              placeholder="Search"
              value={typed}
              onChange={setTyped}
            />
          </div>
        )}
        {error && <p className={styles.note}>{error.message}</p>}
        <ul aria-label={label}>
          {facet?.values.map((one) => (
            <FacetValue
              key={JSON.stringify(one.value)}
              field={field}
              {...one}
              share={one.count / most}
              explorer={explorer}
            />
          ))}
        </ul>
        {!facet && !error && (
          <p className={classes(styles.note, styles.waiting)}>Counting</p>
        )}
        {facet && <Coverage facet={facet} />}
        {facet &&
          facet.distinct_count > facet.values.length &&
          limit < MANY && (
            <button
              type="button"
              className={styles.more}
              onClick={() => setLimit(MANY)}
            >
              Show more
            </button>
          )}
      </DisclosurePanel>
    </Disclosure>
  );
}

/** Where counts are not of everything, it is said there. */
function Coverage({ facet }: { facet: Facet }) {
  if (facet.coverage === 'sampled')
    return (
      <p className={styles.note}>
        Sampled: counts are of the newest 50,000 events
      </p>
    );
  if (facet.coverage === 'too-slow')
    return (
      <p className={styles.note}>Took too long to count; narrow the time</p>
    );
  return facet.values.length === 0 ? (
    <p className={styles.note}>No values</p>
  ) : null;
}
