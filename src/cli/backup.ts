import { badRequest } from '../core/errors.ts';
import { plural } from '../core/text/line.ts';
import { readPassphrase } from './shared/passphrase.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Back everything up into one sealed file, also while Bellhop runs',
  usage: '<file> [--passphrase-file <file>]',
  examples: ['bellhop backup bellhop.backup'],
  options: { 'passphrase-file': { type: 'string' } },
  optionHelp: { 'passphrase-file': 'holds the passphrase; BACKUP_PASSPHRASE when left out' },
  async run({ positionals: [file], values }, { backups, print }) {
    if (!file) throw badRequest('Name the file to write, such as `bellhop backup /backups/bellhop.backup`.');
    const passphrase = await readPassphrase(values['passphrase-file'], backups.passphrase);
    const made = await backups.create(file, passphrase);
    const size = `${(made.bytes / 1_000_000).toFixed(1)} MB`;
    const what = made.hasJournal ? 'the journal, the settings' : 'the settings';
    print(
      `\`${made.file}\` holds ${what} with ${plural(made.endpoints, 'endpoint')}, the key and your templates (${size}).`,
    );
    if (!made.hasJournal) print('The journal is in the database: back that up too, with `pg_dump` for example.');
    print('It opens with the passphrase only, so keep that elsewhere. `.env` is not in it.');
    return 0;
  },
});
