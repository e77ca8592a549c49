import { createQueryClient } from './api/query-client';
import { askEarly } from './explorer/ask-early';
import { followTheme } from './shell/theme';
import { GONE } from './text/gone';
import './style/tokens.css';
import './style/base.css';

const client = createQueryClient();
followTheme();
askEarly(client);
// All of the rest, which is much more: it is on its way meanwhile, for the document names it too.
void import('./draw').then(
  ({ draw }) => draw(client),
  () => {
    const sentence = document.createElement('p');
    sentence.role = 'alert';
    sentence.textContent = `${GONE}. Reload the page.`;
    document.querySelector('.opening')!.after(sentence);
  },
);
