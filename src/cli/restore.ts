import { badRequest } from '../core/errors.ts';
import { plural } from '../core/text/line.ts';
import { readPassphrase } from './shared/passphrase.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Bring a backup back into an empty data folder',
  usage: '<file> [--passphrase-file <file>]',
  examples: ['bellhop restore bellhop.backup'],
  options: { 'passphrase-file': { type: 'string' } },
  optionHelp: { 'passphrase-file': 'holds the passphrase; BACKUP_PASSPHRASE when left out' },
  async run({ positionals: [file], values }, { backups, place, print }) {
    if (!file) throw badRequest('Name the file that `bellhop backup` wrote.');
    const passphrase = await readPassphrase(values['passphrase-file'], backups.passphrase);
    const { endpoints } = await backups.restore(file, passphrase);
    print(
      `\`${place.dataFolder}\` is as it was when the backup was made, with ${plural(endpoints, 'endpoint')}. Start Bellhop.`,
    );
    return 0;
  },
});
