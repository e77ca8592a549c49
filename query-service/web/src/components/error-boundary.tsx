import { Component } from 'react';
import type { ReactNode } from 'react';
import { GONE } from '../text/gone';
import { Failure } from './failure';

/** As browsers call a script that is no longer where it was: the service was replaced by another version. */
const IS_GONE = /dynamically imported module|module script|preload CSS/i;

interface State {
  error: Error | undefined;
  /** Where the error was. */
  place: string;
}

/**
 * What stands where something could not be drawn, so that the rest of the page stays, until another `place` is shown.
 * React has no function for it.
 */
export class ErrorBoundary extends Component<
  { place: string; children: ReactNode },
  State
> {
  override state: State = { error: undefined, place: this.props.place };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(
    { place }: { place: string },
    before: State,
  ): State | null {
    return place === before.place ? null : { error: undefined, place };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Failure
        error={IS_GONE.test(error.message) ? new Error(GONE) : error}
        retryLabel="Reload the page"
        onRetry={() => location.reload()}
      />
    );
  }
}
