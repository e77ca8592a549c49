import type { TestDatabase } from '../../../test/src/database';
import { startProxy } from '../../../test/src/proxy';
import type { Proxy } from '../../../test/src/proxy';

/** A database behind a proxy that can go away and come back at the same address. */
export interface ProxiedDatabase {
  url: string;
  proxy(): Proxy;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

/** Puts a proxy in front of a test database. */
export async function proxiedDatabase(
  database: TestDatabase,
): Promise<ProxiedDatabase> {
  const url = new URL(database.url);
  const folder = url.searchParams.get('host');
  const target =
    folder === null
      ? { host: url.hostname, port: Number(url.port) }
      : { path: `${folder}/.s.PGSQL.5432` };
  let proxy = await startProxy(target);
  const { port } = proxy;
  const user = url.username || url.searchParams.get('user');
  const password = url.password && `:${url.password}`;
  return {
    url: `postgresql://${user}${password}@127.0.0.1:${port}${url.pathname}`,
    proxy: () => proxy,
    goAway: () => proxy.close(),
    async comeBack() {
      proxy = await startProxy(target, port);
    },
  };
}
