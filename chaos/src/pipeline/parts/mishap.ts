/**
 * What a part should not do: end by itself before it had said that it is up (`starting`) or after (`running`), or not do in
 * time what it was asked for (`late`).
 */
export interface Mishap {
  kind: 'starting' | 'running' | 'late';
  /** By `performance.now()`. */
  atMs: number;
  /** What it did, as in "ended by itself, with 1". */
  what: string;
}

/** Whether it is the end of a part. */
export const isEnd = ({ kind }: Mishap): boolean => kind !== 'late';
