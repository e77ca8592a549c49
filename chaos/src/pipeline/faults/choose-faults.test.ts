import { settings } from '../settings';
import { chooseFaults } from './choose-faults';

describe('chooseFaults', () => {
  it('takes all that can be done, unless some are asked for', () => {
    const { kinds, pauseMs } = chooseFaults(['volumes'], undefined);
    expect(kinds).toContain('disk-full-database');
    expect(kinds).not.toContain('kill-collector');
    expect(pauseMs).toBeUndefined();
    expect(chooseFaults([], ['latency', 'reset'])).toEqual({
      kinds: ['latency', 'reset'],
      pauseMs: settings.densePauseMs,
    });
  });

  it.each([
    [
      'beside others that can',
      [],
      ['latency', 'kill-collector'] as const,
      'cannot do kill-collector, which was asked for: that needs a Collector',
    ],
    [
      'for want of one of two things',
      ['collector'] as const,
      ['disk-full-queue'] as const,
      'cannot do disk-full-queue, which was asked for: that needs volumes of limited size, which only root can mount, on Linux',
    ],
  ])('refuses one that cannot be done, %s', (_what, there, asked, message) => {
    expect(() => chooseFaults(there, asked)).toThrow(new Error(message));
  });
});
