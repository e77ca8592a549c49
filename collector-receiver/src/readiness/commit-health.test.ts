import { recordingLogger } from '../../test/kit/recording-logger';
import { createCommitHealth } from './commit-health';

const failed =
  'error: cannot commit requests: their senders are told to send them again';
const again = 'info: requests are committed again';
const lost = new Error('connection terminated');
const diskFull = Object.assign(new Error('could not extend file'), {
  code: '53100',
});

function aCommitHealth() {
  let time = 0;
  const { logger, lines, details } = recordingLogger();
  const health = createCommitHealth(logger, () => time);
  return {
    health,
    lines,
    details,
    pass: (seconds: number) => (time += seconds * 1_000),
  };
}

describe('createCommitHealth', () => {
  it('tells of an outage once, then every ten seconds with a count, and of its end', () => {
    const { health, lines, details, pass } = aCommitHealth();
    for (let second = 0; second < 25; second++) {
      for (let i = 0; i < 100; i++) health.failed(lost);
      pass(1);
    }
    health.succeeded();
    health.succeeded();
    expect(lines).toEqual([failed, failed, failed, again]);
    expect(details).toMatchObject([
      { err: lost, requests: 1 },
      { requests: 1_000 },
      { requests: 1_000 },
      {},
    ]);
  });

  it('does not fill the log when every other request fails', () => {
    const { health, lines } = aCommitHealth();
    for (let i = 0; i < 100; i++) {
      health.failed(lost);
      health.succeeded();
    }
    expect(lines).toEqual([failed, again]);
  });

  it('sees a problem in a full disk until a commit succeeds', () => {
    const { health } = aCommitHealth();
    health.failed(lost);
    expect(health.problem()).toBeUndefined();
    health.failed(diskFull);
    expect(health.problem()).toMatch(/no room/);
    health.succeeded();
    expect(health.problem()).toBeUndefined();
  });

  it('lets requests try again after half a minute, and sees the problem again if they fail', () => {
    const { health, pass } = aCommitHealth();
    health.failed(diskFull);
    pass(29);
    expect(health.problem()).toMatch(/no room/);
    pass(1);
    expect(health.problem()).toBeUndefined();
    health.failed(diskFull);
    expect(health.problem()).toMatch(/no room/);
  });
});
