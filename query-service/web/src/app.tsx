import { QueryClientProvider } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { Route, Switch, useLocation } from 'wouter';
import { EmptyState } from './components/empty-state';
import { ErrorBoundary } from './components/error-boundary';
import { screens } from './routes';
import { Shell } from './shell/shell';

/** The whole page: the shell, and in it the screen that the address names. */
export function App({ client }: { client: QueryClient }) {
  const [here] = useLocation();
  return (
    <QueryClientProvider client={client}>
      <Shell>
        <ErrorBoundary place={here}>
          <Switch>
            {screens.map(({ path, Screen }) => (
              <Route key={path} path={path} component={Screen} />
            ))}
            <Route>
              <EmptyState title="There is no such page">
                <p>The navigation has all there are.</p>
              </EmptyState>
            </Route>
          </Switch>
        </ErrorBoundary>
      </Shell>
    </QueryClientProvider>
  );
}
