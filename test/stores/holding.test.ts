import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeHolding } from '../contracts/holding.ts';

describeHolding('sqlite', (sealer) => openJournal({ path: ':memory:', ...(sealer && { sealer }) }));
