import { badRequest } from '../core/errors.ts';
import { publicAddress } from './shared/public-address.ts';
import { defineVerb } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print the manifest that a chat service makes its app from',
  usage: '<platform> [--http] [--link]',
  examples: ['bellhop manifest slack'],
  options: { http: { type: 'boolean' }, link: { type: 'boolean' } },
  optionHelp: {
    http: 'commands come to Bellhop’s public address, instead of over a connection that it opens',
    link: 'print a link that opens the service’s form with the manifest filled in',
  },
  async run({ positionals: [platform = ''], values }, { manifests, place, open, print }) {
    const manifest = manifests.get(platform);
    if (!manifest) {
      const known = Array.from(manifests.keys(), (name) => `\`bellhop manifest ${name}\``).join(' or ');
      throw badRequest(`${platform ? `\`${platform}\` takes no manifest.` : 'Name the chat service.'} Type ${known}.`);
    }
    const { content, link } = manifest(
      values.http === true ? { http: true, publicUrl: (await publicAddress(place, open))?.url } : { http: false },
    );
    print(values.link === true ? link : JSON.stringify(content, undefined, 2));
    return 0;
  },
});
