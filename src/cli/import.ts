import { badRequest } from '../core/errors.ts';
import { plural } from '../core/text/line.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Take settings from a file that `bellhop export` wrote',
  usage: '<file> [--replace]',
  examples: ['bellhop import settings.json'],
  options: { replace: { type: 'boolean' } },
  optionHelp: { replace: 'overwrite existing endpoints and settings' },
  async run({ positionals: [file], values }, { settings, print }) {
    if (!file) throw badRequest('Name the file that `bellhop export` wrote.');
    const { endpoints } = await settings.import(file, { replace: values.replace === true });
    print(`The settings are those of \`${file}\`, with ${plural(endpoints, 'endpoint')}.`);
    return 0;
  },
});
