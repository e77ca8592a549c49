import type { Stream } from '../api/health';
import { Button } from '../components/button';
import { StateMark } from '../components/state-mark';
import { Table } from '../components/table';
import { count } from '../text/count';
import { TimeAgo } from '../time/time-ago';
import { streamWords } from './stream-words';

/** Streams with their states and what is missing. */
export function StreamsTable({
  streams,
  onOpen,
}: {
  streams: readonly Stream[];
  onOpen: (id: string) => void;
}) {
  return (
    <Table
      label="Streams"
      columns={[
        { name: 'Service' },
        { name: 'State' },
        { name: 'Records', isNumber: true },
        { name: 'Missing', isNumber: true },
        { name: 'Last heard from' },
        { name: 'Details', isNameHidden: true },
      ]}
      rows={streams.map((stream) => {
        const { tone, label, meaning } = streamWords[stream.state];
        const name = stream.service_name ?? 'unknown';
        return {
          id: stream.id,
          cells: [
            <span key="name">
              {name}
              {stream.host_name !== null && ` on ${stream.host_name}`}
            </span>,
            <span key="state" title={meaning}>
              <StateMark tone={tone}>{label}</StateMark>
            </span>,
            stream.highest_sequence === null
              ? ''
              : count(stream.highest_sequence + 1 - stream.missing_count),
            count(stream.missing_count),
            stream.last_recorded_at ? (
              <TimeAgo key="last" time={stream.last_recorded_at} />
            ) : (
              'never'
            ),
            <Button
              key="open"
              look="quiet"
              aria-label={`Details of ${name}, ${stream.id}`}
              onPress={() => onOpen(stream.id)}
            >
              Details
            </Button>,
          ],
        };
      })}
    />
  );
}
