import { join } from 'node:path';
import type {
  Pending,
  SpoolWriter,
} from '../../../auditor-otel/dist/spool/spool-writer';

/** Long enough for each kill to fall into it. */
const LATE_MS = 50;

// The emitting program, with one thing changed: a record counts as spooled a moment before its write is asked for.
const dist = join(__dirname, '../../../auditor-otel/dist');
const writer = require(join(dist, 'spool/spool-writer.js')) as {
  SpoolWriter: typeof SpoolWriter;
};
writer.SpoolWriter = class extends writer.SpoolWriter {
  override append({ kept, ...pending }: Pending): void {
    kept?.('spool');
    setTimeout(() => super.append(pending), LATE_MS);
  }
};
require('../emitter/emit.js');
