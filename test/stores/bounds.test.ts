import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeBounds } from '../contracts/bounds.ts';

describeBounds('sqlite', () => openJournal({ path: ':memory:' }));
