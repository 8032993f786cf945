import { badRequest } from '../core/errors.ts';
import { plural } from '../core/text/line.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Write the settings into a file, to move them to or from a database',
  usage: '<file>',
  examples: ['bellhop export settings.json'],
  async run({ positionals: [file] }, { settings, print }) {
    if (!file) throw badRequest('Name the file to write, such as `bellhop export settings.json`.');
    const { endpoints } = await settings.export(file);
    print(`\`${file}\` holds the settings with ${plural(endpoints, 'endpoint')}.`);
    print('Their secrets are sealed: `bellhop import` needs the same key, in BELLHOP_KEY or in the file `key`.');
    return 0;
  },
});
