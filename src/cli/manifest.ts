import { badRequest } from '../core/errors.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print the manifest that a chat service makes its app from',
  usage: '<platform> [--http] [--link]',
  examples: ['bellhop manifest slack'],
  options: { http: { type: 'boolean' }, link: { type: 'boolean' } },
  optionHelp: {
    http: 'commands come to PUBLIC_URL, instead of over a connection that Bellhop opens',
    link: 'print a link that opens the service’s form with the manifest filled in',
  },
  async run({ positionals: [platform = ''], values }, { manifests, print }) {
    const manifest = manifests.get(platform);
    if (!manifest) {
      const known = Array.from(manifests.keys(), (name) => `\`bellhop manifest ${name}\``).join(' or ');
      throw badRequest(`${platform ? `\`${platform}\` takes no manifest.` : 'Name the chat service.'} Type ${known}.`);
    }
    const { content, link } = manifest({ http: values.http === true });
    print(values.link === true ? link : JSON.stringify(content, undefined, 2));
    return 0;
  },
});
