import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The query service that `vite` in development asks, as `npm start` runs it. */
const SERVICE = 'http://127.0.0.1:7420';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    // Nothing inlined: the policy allows no script or style in the document.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The first browsers with light-dark(), which carries both themes.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': SERVICE, '/sign-in': SERVICE } },
});
