import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeBodies } from '../contracts/bodies.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describeBodies('sqlite', openHere);
describeBodies('postgres', async () => openPostgres({ url: await aDatabase() }));
// On disk one thread writes and another reads.
describeBodies('sqlite file', () => openJournal({ path: join(folder, `${randomUUID()}.db`) }));
