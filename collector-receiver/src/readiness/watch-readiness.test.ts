import { recordingLogger } from '../../test/kit/recording-logger';
import type { Readiness } from './readiness';
import { watchReadiness } from './watch-readiness';

const ready: Readiness = { status: 'ready' };
const failing: Readiness = { status: 'failing', reason: 'no answer' };
const unsafe: Readiness = { status: 'unsafe', reason: 'fsync is off' };

describe('watchReadiness', () => {
  it.each<[string, Readiness[], string | undefined, string[]]>([
    ['ready', [ready], undefined, []],
    [
      'unsafe from the start',
      [unsafe],
      'fsync is off',
      ['error: not ready, refusing requests: fsync is off'],
    ],
    [
      'a database that is away',
      [ready, failing, failing],
      undefined,
      ['warn: not ready: no answer'],
    ],
    [
      'a database that was unsafe before it went away',
      [unsafe, failing],
      'fsync is off',
      [
        'error: not ready, refusing requests: fsync is off',
        'warn: not ready: no answer',
      ],
    ],
    [
      'unsafe for a while',
      [unsafe, unsafe, ready],
      undefined,
      [
        'error: not ready, refusing requests: fsync is off',
        'info: ready again',
      ],
    ],
  ])('%s', async (_, answers, refusal, expected) => {
    const { logger, lines } = recordingLogger();
    const left = [...answers];
    const watched = await watchReadiness({
      readiness: () => Promise.resolve(left.shift()!),
      logger,
    });
    while (left.length > 0) await watched.check();
    watched.close();
    expect(watched.refusal()).toBe(refusal);
    expect(lines).toEqual(expected);
  });

  it('asks again by itself', async () => {
    const answers: { now: Readiness } = { now: ready };
    const { logger } = recordingLogger();
    const watched = await watchReadiness({
      readiness: () => Promise.resolve(answers.now),
      logger,
      everyMs: 5,
    });
    answers.now = unsafe;
    while (watched.refusal() === undefined) await new Promise(setImmediate);
    answers.now = ready;
    while (watched.refusal() !== undefined) await new Promise(setImmediate);
    watched.close();
  });

  it('asks once for all who ask at the same time', async () => {
    let asked = 0;
    const { logger } = recordingLogger();
    const watched = await watchReadiness({
      readiness: () => Promise.resolve((asked++, ready)),
      logger,
    });
    await Promise.all([watched.check(), watched.check(), watched.check()]);
    watched.close();
    expect(asked).toBe(2);
  });
});
