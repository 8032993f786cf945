import { openJournal as openPostgres } from '../../src/stores/journal/postgres/open-journal.ts';
import { describeHolding } from '../contracts/holding.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { aDatabase } from '../doubles/postgres.ts';

describeHolding('sqlite', (sealer) => openHere(sealer && { sealer }));
describeHolding('postgres', async (sealer) => openPostgres({ url: await aDatabase(), ...(sealer && { sealer }) }));
