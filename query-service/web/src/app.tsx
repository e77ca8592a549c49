import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { Route, Switch } from 'wouter';
import { createQueryClient } from './api/query-client';
import { EmptyState } from './components/empty-state';
import { Skeleton } from './components/skeleton';
import { screens } from './routes';
import { Shell } from './shell/shell';

/** The whole page: the shell, and in it the screen that the address names. */
export function App() {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <Shell>
        <Suspense fallback={<Skeleton lines={8} />}>
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
        </Suspense>
      </Shell>
    </QueryClientProvider>
  );
}
