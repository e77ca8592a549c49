import { join } from 'node:path';
import type {
  Pending,
  SpoolWriter,
} from '../../../auditor-otel/dist/spool/spool-writer';

// The emitting program, with one thing changed: a record counts as spooled as soon as its write has been asked for.
const dist = join(__dirname, '../../../auditor-otel/dist');
const writer = require(join(dist, 'spool/spool-writer.js')) as {
  SpoolWriter: typeof SpoolWriter;
};
writer.SpoolWriter = class extends writer.SpoolWriter {
  override append({ frame, kept }: Pending): void {
    kept?.('spool');
    super.append({ frame });
  }
};
require('../emitter/emit.js');
