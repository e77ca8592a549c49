import { pino } from 'pino';
import { createApp } from '../../app';
import type { AppDeps } from '../../app';
import { CLIENT_PATHS } from '../../page/client-paths';
import { ASSET_PATH } from '../../page/page-routes';
import { docsPage } from './docs-page';
import { openApiDocument, openApiPath } from './document';

/** All that routes are made with; no request is made. */
const app = createApp({
  database: {},
  limits: {},
  secrets: new Map(),
  trustedProxies: [],
  logger: pino({ enabled: false }),
  oidc: {
    config: { providerName: 'x', publicUrl: new URL('https://x') },
    provider: {},
  },
} as unknown as AppDeps);
const document = openApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method} ${path}`,
    path,
    operation,
  })),
);

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
}

/** What the page and its files are at is no API. */
const isOfPage = (path: string) =>
  [...CLIENT_PATHS, ASSET_PATH].some((one) => one === path);

it('describes every route of the API, and no other', () => {
  const layers = (app.router as unknown as { stack: Layer[] }).stack;
  const routes = layers.flatMap(({ route }) =>
    Object.keys(!route || isOfPage(route.path) ? {} : route.methods)
      // What a path answers to all other methods is the same for all.
      .filter((method) => method !== '_all')
      .map((method) => `${method} ${openApiPath(route!.path)}`),
  );
  expect(routes.length).toBeGreaterThan(40);
  expect(operations.map(({ name }) => name).toSorted()).toEqual(
    routes.toSorted(),
  );
});

it('refuses other methods at every path', () => {
  const layers = (app.router as unknown as { stack: Layer[] }).stack;
  for (const { route } of layers)
    if (route) expect([route.path, route.methods['_all']]).toContain(true);
});

it.each(operations)('describes $name in full', ({ path, operation }) => {
  const { parameters = [], responses } = operation;
  const ids = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const described = parameters.filter((one) => one.in === 'path');
  expect(described.map(({ name }) => name)).toEqual(ids);
  for (const { description } of Object.values(responses))
    expect(description).toMatch(/\w/);
  const isPublic = operation.security?.length === 0;
  if (!isPublic) expect(responses).toHaveProperty('401');
  if (!isPublic) expect(responses).toHaveProperty('503');
});

it('names each operation once', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[a-z]\w+$/i);
});

it('refers to schemas that there are, and to each', () => {
  const { schemas } = document.components;
  const text = JSON.stringify(document);
  const refs = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name!,
  );
  expect([...new Set(refs)].toSorted()).toEqual(
    Object.keys(schemas).toSorted(),
  );
});

it('is a page without scripts, whose links lead somewhere', () => {
  const page = docsPage(document, '/docs.css');
  expect(page).not.toMatch(/<script|style=|https?:\/\/[^<]*"/);
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to);
  expect(links.length).toBeGreaterThan(100);
  for (const to of links) expect(ids).toContain(to);
  for (const { operation } of operations)
    expect(ids).toContain(operation.operationId);
  expect(page).toContain('<code>Last-Event-ID</code>');
});
