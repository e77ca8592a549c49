import type { ServerHttp2Session } from 'node:http2';
import { connectionTimes } from '../connection-times';

/** Of all calls of a connection together: what may be on its way, so that a distant sender need not wait for us. */
const WINDOW_BYTES = 4 * 1024 * 1024;

/** Closes a connection that is idle or old, once its calls are answered. Its client opens another one without a loss. */
export function limitSession(session: ServerHttp2Session): void {
  session.setLocalWindowSize(WINDOW_BYTES);
  session.setTimeout(connectionTimes.grpcIdle, () => session.close());
  // Apart by up to a tenth, so that senders that came together do not all come again together.
  const age = connectionTimes.grpcAge * (0.9 + Math.random() / 5);
  const timer = setTimeout(() => session.close(), age).unref();
  session.on('close', () => clearTimeout(timer));
}
