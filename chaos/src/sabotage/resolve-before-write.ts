import { join } from 'node:path';
import type { SpoolWriter as Writer } from '../../../auditor-otel/dist/spool/spool-writer';

// The emitting program, with one thing changed: a record counts as spooled as soon as its write has been asked for.
const dist = join(__dirname, '../../../auditor-otel/dist');
const { SpoolWriter } = require(join(dist, 'spool/spool-writer.js')) as {
  SpoolWriter: typeof Writer;
};
const append = SpoolWriter.prototype.append;
SpoolWriter.prototype.append = function ({ frame, kept }) {
  kept?.('spool');
  append.call(this, { frame });
};
require('../emitter/emit.js');
