import { badRequest } from '../core/errors.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print the manifest that a chat service makes its app from',
  usage: '<platform> [--http]',
  options: { http: { type: 'boolean' } },
  optionHelp: { http: 'commands come to PUBLIC_URL, instead of over a connection that Bellhop opens' },
  async run({ positionals: [platform = ''], values }, { manifests, print }) {
    const manifest = manifests.get(platform);
    if (!manifest) {
      const known = Array.from(manifests.keys(), (name) => `\`bellhop manifest ${name}\``).join(' or ');
      throw badRequest(`${platform ? `\`${platform}\` takes no manifest.` : 'Name the chat service.'} Type ${known}.`);
    }
    print(JSON.stringify(manifest({ http: values.http === true }), undefined, 2));
    return 0;
  },
});
