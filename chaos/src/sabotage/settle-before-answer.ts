import { join } from 'node:path';
import type { createDelivery as Create } from '../../../auditor-otel/dist/deliver';

// The emitting program, with one thing changed: a batch is let go of when its first request has been sent.
const dist = join(__dirname, '../../../auditor-otel/dist');
const deliver = require(join(dist, 'deliver.js')) as {
  createDelivery: typeof Create;
};
const original = deliver.createDelivery;
deliver.createDelivery = (options) =>
  original({
    ...options,
    async post(body, contentType) {
      await options.post(body, contentType);
      return { status: 'answered', code: 200, body: new Uint8Array() };
    },
  });
require('../emitter/emit.js');
