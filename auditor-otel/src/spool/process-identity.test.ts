import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { thisProcess } from './process-identity';

describe('thisProcess', () => {
  const identity = thisProcess();
  const renamed = (part: number, text: string) =>
    identity.name
      .split('.')
      .map((one, i) => (i === part ? text : one))
      .join('.');

  it('has another name at each call, and none of them is gone', () => {
    const other = thisProcess();
    expect(other.name).not.toBe(identity.name);
    expect(identity.isGone(other.name)).toBe(false);
    expect(identity.name).toMatch(/^[\w.]+$/);
  });

  it('is gone when a process of another start has its id', () => {
    expect(identity.isGone(renamed(1, '12345'))).toBe(true);
  });

  it('is not known to be gone on another machine', () => {
    expect(identity.isGone(renamed(2, '0'.repeat(16)))).toBe(false);
  });

  it('is gone when the process has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const { pid } = child;
    await once(child, 'close');
    expect(identity.isGone(renamed(0, String(pid)))).toBe(true);
  });

  it.each(['', 'nobody', '..', 'x.y.z', '-1.0.0'])(
    'makes nothing of the name %j',
    (name) => {
      expect(identity.isGone(name)).toBe(false);
    },
  );
});
