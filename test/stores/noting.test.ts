import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { describeNoting } from '../contracts/noting.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

describeNoting('sqlite', openHere);
describeNoting('postgres', async () => openPostgres({ url: await aDatabase() }));
