import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeHolding } from '../contracts/holding.ts';
import { aDatabase } from '../doubles/postgres.ts';

describeHolding('sqlite', (sealer) => openJournal({ path: ':memory:', ...(sealer && { sealer }) }));
describeHolding('postgres', async (sealer) => openPostgres({ url: await aDatabase(), ...(sealer && { sealer }) }));
