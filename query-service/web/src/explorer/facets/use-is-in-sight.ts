import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Whether an element is within the part of the page that is shown. */
export function useIsInSight(element: RefObject<HTMLElement | null>): boolean {
  const [isInSight, setInSight] = useState(false);
  useEffect(() => {
    const seen = new IntersectionObserver((changes) =>
      setInSight(changes.at(-1)!.isIntersecting),
    );
    seen.observe(element.current!);
    return () => seen.disconnect();
  }, [element]);
  return isInSight;
}
