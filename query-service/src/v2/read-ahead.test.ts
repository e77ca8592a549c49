import { readAhead } from './read-ahead';

async function* pagesUpTo(last: number, read: number[]) {
  await Promise.resolve();
  for (let page = 1; page <= last; page++) {
    read.push(page);
    yield page;
  }
}

it('has all pages in order, and reads one ahead of whoever takes them, no more', async () => {
  const read: number[] = [];
  const taken: number[] = [];
  for await (const page of readAhead(pagesUpTo(4, read))) {
    await new Promise(setImmediate);
    expect(read).toHaveLength(Math.min(page + 1, 4));
    taken.push(page);
  }
  expect(taken).toEqual([1, 2, 3, 4]);
});

it('ends the pages when nobody takes them any more', async () => {
  const read: number[] = [];
  for await (const page of readAhead(pagesUpTo(100, read)))
    if (page === 2) break;
  await new Promise(setImmediate);
  expect(read).toEqual([1, 2, 3]);
});

it('fails as the pages do, behind those that came', async () => {
  async function* failing() {
    yield await Promise.resolve(1);
    throw new Error('cannot read');
  }
  const taken: number[] = [];
  const reading = async () => {
    for await (const page of readAhead(failing())) taken.push(page);
  };
  await expect(reading()).rejects.toThrow('cannot read');
  expect(taken).toEqual([1]);
});
