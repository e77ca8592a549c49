import { usePreferences } from '../preferences';
import { printAgo, printExactTime } from './print-time';
import { useNow } from './use-now';

/** How long ago something was; the exact time is shown when the pointer is on it. */
export function TimeAgo({ time }: { time: string }) {
  const { zone } = usePreferences();
  const now = useNow();
  return (
    <time
      dateTime={time}
      // To print it takes long, and lists have many that nobody points at.
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = printExactTime(time, zone);
      }}
    >
      {printAgo(time, now)}
    </time>
  );
}
