import { join } from 'node:path';
import type { startReceiver } from 'collector-receiver';

// The receiver's own program, with one thing changed: a commit counts as done as soon as it has begun.
const dist = join(__dirname, '../../../collector-receiver/dist');
const start = require(join(dist, 'start.js')) as {
  startReceiver: typeof startReceiver;
};
const original = start.startReceiver;
start.startReceiver = (config, deps) =>
  original(config, {
    ...deps,
    commit: async (received) => {
      deps.commit(received).catch(() => undefined);
    },
  });
require(join(dist, 'main.js'));
