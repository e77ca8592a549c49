import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client';
import { App } from './app';
import { askEarly } from './explorer/ask-early';
import { followTheme } from './shell/theme';
import './style/tokens.css';
import './style/base.css';

const client = createQueryClient();
followTheme();
askEarly(client);
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
