import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeNoting } from '../contracts/noting.ts';
import { aDatabase } from '../doubles/postgres.ts';

describeNoting('sqlite', () => openJournal({ path: ':memory:' }));
describeNoting('postgres', async () => openPostgres({ url: await aDatabase() }));
