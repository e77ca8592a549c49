import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The query service that `vite` in development asks, as `npm start` runs it. */
const SERVICE = 'http://127.0.0.1:7420';

/** What draws the page: its scripts and styles are fetched beside the one that the document begins with, not after it. */
const DRAWING = '/src/draw.tsx';

const preloadDrawing = {
  name: 'preload-drawing',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const chunks = withImports(
        bundle,
        Object.values(bundle).filter((one) =>
          one.facadeModuleId?.endsWith(DRAWING),
        ),
      );
      const scripts = chunks.map(({ fileName }) => fileName);
      const styles = chunks.flatMap((one) => [
        ...(one.viteMetadata?.importedCss ?? []),
      ]);
      return [
        ...scripts.map((file) => link('modulepreload', file)),
        ...styles.map((file) => link('stylesheet', file)),
      ].filter(({ attrs }) => !html.includes(attrs.href));
    },
  },
};

/** Chunks with all that they import, and what that imports, each once. */
function withImports(bundle, chunks) {
  const found = new Set(chunks);
  for (const { imports } of found)
    for (const file of imports) if (bundle[file]) found.add(bundle[file]);
  return [...found];
}

function link(rel, file) {
  const attrs = { rel, crossorigin: true, href: `/${file}` };
  return { tag: 'link', attrs, injectTo: 'head' };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadDrawing],
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
