import { createLocks } from './locks';

describe('createLocks', () => {
  it('lets works of one name follow each other, also after one that failed', async () => {
    const locked = createLocks();
    const first = Promise.withResolvers<void>();
    const said: string[] = [];
    const works = [
      locked('a', async () => {
        await first.promise;
        said.push('first');
        throw new Error('no');
      }),
      locked('a', async () => void said.push('second')),
      locked('b', async () => void said.push('other')),
    ];
    await works[2];
    expect(said).toEqual(['other']);
    first.resolve();
    await expect(works[0]).rejects.toThrow('no');
    await works[1];
    expect(said).toEqual(['other', 'first', 'second']);
  });
});
