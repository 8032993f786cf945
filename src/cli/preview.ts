import { readFile } from 'node:fs/promises';
import { badRequest, notFound } from '../core/errors.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Show what a payload would look like in each chat, without posting it',
  usage: '<provider> <file>',
  options: { header: { type: 'string' }, 'content-type': { type: 'string' }, json: { type: 'boolean' } },
  optionHelp: {
    header: 'a request header that names the event, such as "x-github-event: push"',
    'content-type': 'what the file holds; application/json when left out',
    json: 'print the payloads for Slack and Discord as JSON',
  },
  async run({ positionals: [provider, file], values }, { open, print }) {
    if (!provider || !file)
      throw badRequest('Name the provider and the file, such as `bellhop preview github push.json`.');
    const { providers, preview } = await open();
    if (!providers.has(provider))
      throw notFound(
        `The provider \`${provider}\``,
        didYouMean(provider, providers.keys()).trim() || `\`/webhook providers\` lists all ${providers.size}.`,
      );
    const body = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'ENOENT' ? 'the file does not exist' : `the system says ${cause.code}`;
      throw badRequest(`\`${file}\` cannot be read: ${why}.`, cause);
    });
    const [header = '', value = ''] = String(values.header ?? '').split(/:\s*(.*)/s);
    const drawn = preview(provider, {
      method: 'POST',
      url: '',
      headers: {
        'content-type': String(values['content-type'] ?? 'application/json'),
        ...(header && { [header.toLowerCase()]: value }),
      },
      query: {},
      body,
      receivedAt: new Date(),
      remoteAddress: '',
    });
    if (values.json) print(JSON.stringify(drawn, undefined, 2));
    else {
      print(`${drawn.type}: ${drawn.text}`);
      for (const [part, text] of Object.entries(drawn.about))
        print(`  ${part.padEnd(12)}${typeof text === 'string' ? text : JSON.stringify(text)}`);
      for (const { template, message } of drawn.problems) print(`  problem     ${template}: ${message}`);
    }
    return 0;
  },
});
