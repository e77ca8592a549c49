import { createDeadlines } from './deadlines';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('deadlines', () => {
  it('call back once each, at their time, unless they were done', () => {
    const called: string[] = [];
    const deadlines = createDeadlines(100);
    const add = (name: string) => deadlines.add(() => called.push(name));
    const first = add('first');
    add('second');
    jest.advanceTimersByTime(60);
    add('third');
    const fourth = add('fourth');
    first.end();
    jest.advanceTimersByTime(39);
    expect(called).toEqual([]);
    jest.advanceTimersByTime(2);
    expect(called).toEqual(['second']);
    fourth.end();
    jest.advanceTimersByTime(60);
    expect(called).toEqual(['second', 'third']);
    jest.advanceTimersByTime(1000);
    expect(called).toEqual(['second', 'third']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('may be added by a callback, and marked as done by another', () => {
    const called: string[] = [];
    const deadlines = createDeadlines(100);
    deadlines.add(() => {
      called.push('first');
      second.end();
      deadlines.add(() => called.push('third'));
    });
    const second = deadlines.add(() => called.push('second'));
    jest.advanceTimersByTime(101);
    expect(called).toEqual(['first']);
    jest.advanceTimersByTime(101);
    expect(called).toEqual(['first', 'third']);
  });

  it('keep the process alive while there are some, and no longer', () => {
    const deadlines = createDeadlines(100);
    const [first, second] = [1, 2].map(() => deadlines.add(() => {}));
    first!.end();
    expect(jest.getTimerCount()).toBe(1);
    second!.end();
    expect(jest.getTimerCount()).toBe(0);
    deadlines.add(() => {});
    expect(jest.getTimerCount()).toBe(1);
  });

  it('share one timer', () => {
    const deadlines = createDeadlines(100);
    for (let n = 0; n < 1000; n++) deadlines.add(() => {});
    expect(jest.getTimerCount()).toBe(1);
  });
});
