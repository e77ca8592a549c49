import { META_PATH_MAX_PARTS, META_PATHS_MAX } from './limits';

/** A place in the tree of all paths: where the keys lead from it, and whether a path ends here. */
export interface PathNode {
  readonly keys: Map<string, PathNode>;
  /** Where any key leads: `*`. */
  any?: PathNode | undefined;
  /** Where any number of keys leads, none included: `**`. */
  deep?: PathNode | undefined;
  /** Whether this is a `**` itself, which every key leads back to. */
  isDeep: boolean;
  isEnd: boolean;
}

/** The nodes that a value has reached. */
export type Reached = readonly PathNode[];

/** The tree of the paths, or what is wrong with them: all, or the one in `came`. */
export type ReadPaths =
  | { status: 'read'; root: Reached }
  | { status: 'wrong'; expected: string; came: string };

const WHAT = 'paths of keys such as user.email, items.*.token or **.secret';

/**
 * Reads paths into meta. Keys are joined by dots; `*` is any one key or place in a list, `**` any number of keys, none
 * included. A backslash takes the dot, star or backslash after it as a part of the key.
 *
 * The number of paths and of their parts is limited, so that no set of them makes the audit trail slow.
 */
export function readMetaPaths(paths: readonly string[]): ReadPaths {
  const root = newNode(false);
  if (paths.length > META_PATHS_MAX)
    return wrong(`at most ${META_PATHS_MAX} paths`, String(paths.length));
  for (const path of paths) {
    const parts = partsOf(path);
    if (parts.includes('')) return wrong(`${WHAT}, without empty parts`, path);
    if (parts.some(isPartlyStar))
      return wrong(`${WHAT}, where a star stands for a whole key`, path);
    if (parts.length > META_PATH_MAX_PARTS)
      return wrong(`${WHAT}, of at most ${META_PATH_MAX_PARTS} parts`, path);
    parts.reduce(follow, root).isEnd = true;
  }
  return { status: 'read', root: withDeep([], root) };
}

function wrong(expected: string, came: string): ReadPaths {
  return { status: 'wrong', expected, came };
}

const NOWHERE: Reached = [];

/** The nodes that a key leads to from those reached. */
export function step(from: Reached, key: string): Reached {
  if (from.length === 0) return from;
  let to: PathNode[] | undefined;
  for (const node of from) {
    const next = node.keys.size > 0 ? node.keys.get(key) : undefined;
    if (node.isDeep) to = withDeep(to ?? [], node);
    if (next) to = withDeep(to ?? [], next);
    if (node.any) to = withDeep(to ?? [], node.any);
  }
  return to ?? NOWHERE;
}

/** Adds a node, and the `**` that follow it, which may stand for nothing. */
function withDeep(to: PathNode[], node: PathNode): PathNode[] {
  if (to.includes(node)) return to;
  to.push(node);
  if (node.deep) withDeep(to, node.deep);
  return to;
}

/** The parts between dots. Backslashes are still in them, so that an escaped star is not taken for a star. */
function partsOf(path: string): string[] {
  const parts = [''];
  for (const token of path.match(/\\.|./gsu) ?? [])
    if (token === '.') parts.push('');
    else parts[parts.length - 1] += token;
  return parts;
}

function isPartlyStar(part: string): boolean {
  return (
    part !== '*' && part !== '**' && part.replace(/\\./gsu, '').includes('*')
  );
}

function follow(node: PathNode, part: string): PathNode {
  if (part === '*') return (node.any ??= newNode(false));
  if (part === '**') return node.isDeep ? node : (node.deep ??= newNode(true));
  const key = part.replace(/\\(.)/gsu, '$1');
  const next = node.keys.get(key) ?? newNode(false);
  node.keys.set(key, next);
  return next;
}

function newNode(isDeep: boolean): PathNode {
  return { keys: new Map(), isDeep, isEnd: false };
}
