import { Client } from 'pg';
import { createTestDatabase } from '../../test/src/database';
import type { TestDatabase } from '../../test/src/database';
import { ownEvent } from '../src/audit/own-event';
import { createRecorder } from '../src/audit/recorder';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const anEvent = () =>
  ownEvent(
    { actor: { type: 'anonymous', id: 'anonymous' }, request: {} },
    { eventId: 'access-refused', severityLevel: 'medium' },
  );

// What is locked waits without a word, as everything does before a server that is gone.
it.each([
  ['registers its connection', 'audit.receiver'],
  ['writes', 'audit.batch'],
])(
  'gives a connection up that falls silent while it %s, and goes on over the next',
  async (_, table) => {
    const recorder = createRecorder(database.url, { writeTimeoutMs: 1_000 });
    const silent = new Client({ connectionString: database.url });
    await silent.connect();
    await silent.query(`begin; lock table ${table}`);
    await expect(recorder.record(anEvent())).rejects.toThrow(
      'Connection terminated',
    );
    await silent.query('rollback');
    await silent.end();
    await recorder.record(anEvent());
    await recorder.close();
  },
);
