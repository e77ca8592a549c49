import { useEffect, useReducer } from 'react';
import type { ComponentType, ReactNode } from 'react';

/**
 * A component whose code is fetched when it is first shown, with `waiting` in its place until then. What has come is drawn
 * at once; behind React's `lazy`, a Suspense boundary holds it back until 300 ms after its fallback was drawn, and draws
 * it in slices.
 *
 * @param load what the component throws when this fails: an ErrorBoundary should be around it
 * @example
 * const Editor = fetched(async () => (await import('./editor')).Editor, <Skeleton />);
 */
export function fetched<Props extends object = object>(
  load: () => Promise<ComponentType<Props>>,
  waiting: ReactNode,
): ComponentType<Props> {
  let Component: ComponentType<Props> | undefined;
  let failure: Error | undefined;
  let settled: Promise<void> | undefined;
  const fetchOnce = () =>
    (settled ??= load().then(
      (found) => void (Component = found),
      (error: Error) => void (failure = error),
    ));
  return function Fetched(props: Props) {
    const [, drawAgain] = useReducer((times: number) => times + 1, 0);
    const isHere = Component !== undefined;
    useEffect(() => {
      if (!isHere) void fetchOnce().then(drawAgain);
    }, [isHere]);
    if (failure) throw failure;
    return Component ? <Component {...props} /> : waiting;
  };
}
