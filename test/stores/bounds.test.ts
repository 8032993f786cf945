import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeBounds } from '../contracts/bounds.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

const folder = mkdtempSync(join(tmpdir(), 'bellhop-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describeBounds('sqlite', openHere);
describeBounds('postgres', async () => openPostgres({ url: await aDatabase() }));
describeBounds('sqlite file', () => openJournal({ path: join(folder, 'journal.db') }));
