import type { Express, RequestHandler } from 'express';
import { HttpError } from '../http-error';

/** The methods of a path, as Express calls them. */
export interface Route {
  path: string;
  get?: RequestHandler | undefined;
  post?: RequestHandler | undefined;
  put?: RequestHandler | undefined;
  delete?: RequestHandler | undefined;
}

const METHODS = ['get', 'post', 'put', 'delete'] as const;

/** Adds a path to an app; other methods than its own are answered 405. */
export function mount(app: Express, { path, ...handlers }: Route): void {
  const route = app.route(path);
  const allowed: string[] = [];
  for (const method of METHODS) {
    const handler = handlers[method];
    if (!handler) continue;
    route[method](handler);
    allowed.push(method.toUpperCase(), ...(method === 'get' ? ['HEAD'] : []));
  }
  route.all(methodNotAllowed(allowed));
}

/** Refuses a method, and says which there are. */
function methodNotAllowed(allowed: readonly string[]): RequestHandler {
  return (req, res) => {
    res.set('Allow', allowed.join(', '));
    throw new HttpError(
      'MethodNotAllowedError',
      `${req.method} is not allowed here, use ${allowed.find((method) => method !== 'HEAD')}`,
    );
  };
}
