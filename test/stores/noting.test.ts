import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { describeNoting } from '../contracts/noting.ts';

describeNoting('sqlite', () => openJournal({ path: ':memory:' }));
