import type { ReactNode } from 'react';
import { useStream } from '../api/health';
import type { Stream } from '../api/health';
import { Button } from '../components/button';
import { Dialog } from '../components/dialog';
import { Failure } from '../components/failure';
import { Skeleton } from '../components/skeleton';
import { StateMark } from '../components/state-mark';
import { usePreferences } from '../preferences';
import { count, counted } from '../text/count';
import { printTime } from '../time/print-time';
import styles from './health.module.css';
import { printRanges, sizeOf, streamWords } from './stream-words';

/** All that is known of one stream: what is missing, what was declared lost, and what it follows on. */
export function StreamDialog({
  id,
  onOpen,
  onClose,
}: {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}) {
  const { data: stream, error, refetch } = useStream(id);
  return (
    <Dialog title="Stream" isOpen onClose={onClose}>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!stream && !error && <Skeleton lines={6} />}
      {stream && <Details stream={stream} onOpen={onOpen} />}
    </Dialog>
  );
}

function Details({
  stream,
  onOpen,
}: {
  stream: Stream;
  onOpen: (id: string) => void;
}) {
  const { zone } = usePreferences();
  const { tone, label, meaning } = streamWords[stream.state];
  const time = (at: string | null) => (at ? printTime(at, zone) : 'unknown');
  const link = (id: string | null): ReactNode =>
    id === null ? 'none' : <Button onPress={() => onOpen(id)}>{id}</Button>;
  const rows: [string, ReactNode][] = [
    ['Id', <code key="id">{stream.id}</code>],
    [
      'Service',
      `${stream.service_name ?? 'unknown'}, host ${stream.host_name ?? 'unknown'}`,
    ],
    [
      'Instance',
      <code key="instance">{stream.service_instance_id ?? 'unknown'}</code>,
    ],
    ['First event', time(stream.first_event_time)],
    ['Last event', time(stream.last_event_time)],
    ['Ended', stream.ended ? 'in good order' : 'not yet, or not told'],
    [
      'Came from 0 up to',
      stream.contiguous_sequence === null
        ? 'nothing'
        : count(stream.contiguous_sequence),
    ],
    [
      'Highest number',
      stream.highest_sequence === null
        ? 'none'
        : count(stream.highest_sequence),
    ],
    ['Missing', missingWords(stream)],
    ...(stream.missing_since
      ? [['Missing since', time(stream.missing_since)] as [string, ReactNode]]
      : []),
    ['Sent under a used number', counted(stream.duplicate_count, 'event')],
    ['Previous stream', link(stream.previous_stream_id)],
    ['Next stream', link(stream.next_stream_id)],
  ];
  return (
    <>
      <p>
        <StateMark tone={tone}>{label}</StateMark>: {meaning}.
      </p>
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {stream.declared_gaps.length > 0 && (
        <>
          <h3>Declared lost</h3>
          <ul>
            {stream.declared_gaps.map(
              ({ id, event_time: at, ranges, reason }) => (
                <li key={id}>
                  {time(at)}: {counted(sizeOf(ranges), 'record')} (
                  {printRanges(ranges)}), {reason ?? 'no reason given'}
                </li>
              ),
            )}
          </ul>
        </>
      )}
    </>
  );
}

function missingWords(stream: Stream): string {
  const { missing, missing_count: all, undeclared_count: undeclared } = stream;
  if (all === 0) return 'nothing';
  const more = all > sizeOf(missing) ? ' and more' : '';
  return `${count(all)} (${printRanges(missing)}${more}), of which ${count(undeclared)} nobody declared lost`;
}
