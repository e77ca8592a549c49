import { CalendarClock, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { Button } from '../components/button';
import popover from '../components/popover.module.css';
import { TextField } from '../components/text-field';
import { setPreferences, usePreferences } from '../preferences';
import { fromFieldTime, printShortTime, toFieldTime } from '../time/print-time';
import type { Zone } from '../time/print-time';
import { isPreset, presetNames, presets } from '../time/range';
import type { Range, When } from '../time/range';
import styles from './time-picker.module.css';

/** When to search: up to now, or between two times, in the zone that was chosen. */
export function TimePicker({
  when,
  range,
  onWhen,
}: {
  when: When;
  range: Range;
  onWhen: (when: When) => void;
}) {
  const { zone } = usePreferences();
  const label = isPreset(when)
    ? presets[when.preset].label
    : `${printShortTime(range.startMs, zone)} to ${printShortTime(range.endMs, zone)}`;
  return (
    <DialogTrigger>
      <Button aria-label={`Time: ${label}`}>
        <CalendarClock size={14} aria-hidden />
        {label}
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className={popover.popover!} placement="bottom end">
        <Dialog aria-label="Time" className={styles.dialog!}>
          {({ close }) => (
            <>
              <ul className={styles.presets}>
                {presetNames.map((preset) => (
                  <li key={preset}>
                    <Button
                      look="quiet"
                      aria-pressed={isPreset(when) && when.preset === preset}
                      onPress={() => {
                        onWhen({ preset });
                        close();
                      }}
                    >
                      {presets[preset].label}
                    </Button>
                  </li>
                ))}
              </ul>
              <Between
                range={range}
                onRange={(chosen) => {
                  onWhen(chosen);
                  close();
                }}
              />
            </>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Between({
  range,
  onRange,
}: {
  range: Range;
  onRange: (range: Range) => void;
}) {
  const { zone } = usePreferences();
  const [from, setFrom] = useState(toFieldTime(range.startMs, zone));
  const [to, setTo] = useState(toFieldTime(range.endMs, zone));
  const chosen = {
    startMs: fromFieldTime(from, zone),
    endMs: fromFieldTime(to, zone),
  };
  const isGood = chosen.startMs < chosen.endMs;
  /** The same times, as they are written in the other zone. */
  const choose = (other: Zone) => {
    const inOther = (text: string, ms: number) =>
      Number.isNaN(ms) ? text : toFieldTime(ms, other);
    setFrom(inOther(from, chosen.startMs));
    setTo(inOther(to, chosen.endMs));
    setPreferences({ zone: other });
  };
  return (
    <form
      className={styles.between}
      onSubmit={(event) => {
        event.preventDefault();
        if (isGood) onRange(chosen);
      }}
    >
      <TextField
        label="From"
        type="datetime-local"
        value={from}
        onChange={setFrom}
      />
      <TextField
        label="To"
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={isGood ? undefined : 'To must be later than from'}
      />
      <div className={styles.row}>
        <Button
          look="quiet"
          aria-pressed={zone === 'local'}
          onPress={() => choose('local')}
        >
          Local
        </Button>
        <Button
          look="quiet"
          aria-pressed={zone === 'utc'}
          onPress={() => choose('utc')}
        >
          UTC
        </Button>
        <Button look="primary" type="submit" isDisabled={!isGood}>
          Apply
        </Button>
      </div>
    </form>
  );
}
