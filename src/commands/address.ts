import { defineCommand } from '../core/command/command.ts';
import type { Caller } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { type Address, toPublicUrl } from '../core/settings/address.ts';
import { describeReach } from '../core/settings/describe-reach.ts';
import { toReachActions } from './shared/reach-actions.ts';

export default defineCommand({
  summary: 'Show or set the address at which providers reach Bellhop',
  help: 'The address is tried before it is set: a request sent there has to arrive here. `anyway=yes` sets one that does not lead here yet, or that this machine cannot reach itself. `clear=yes` takes it away. Where `PUBLIC_URL` is set in the environment, that one counts.',
  examples: ['/webhook address', '/webhook address https://hooks.example.com'],
  aliases: ['public-url'],
  permission: 'admin',
  options: {
    url: {
      type: 'string',
      label: 'Address',
      positional: true,
      optional: true,
      example: 'https://hooks.example.com',
      description: 'The address, without the path of an endpoint',
    },
    anyway: { type: 'flag', optional: true, description: 'Set it though no request arrives here' },
    clear: { type: 'flag', optional: true, description: 'Set none' },
  },

  async run({ options, caller }, { address, changes }) {
    if (options.url === undefined && !options.clear) return show(address, caller);
    if (address.setBy === 'environment')
      throw new AppError(
        409,
        'set_by_environment',
        `\`PUBLIC_URL\` in the environment says \`${address.url}\`, and that counts. Change it there and start Bellhop again, or take it out to set the address here.`,
      );
    const url = options.url === undefined ? undefined : toPublicUrl(options.url);
    if (options.url !== undefined && !url)
      throw new OptionError('url', 'An address is like `https://hooks.example.com`, without `?`, `#` or a password.');
    const arrival = url && !options.anyway ? await address.tryOut(url) : undefined;
    if (url && arrival?.ok === false)
      return reply(`${inlineCode(url)} ${arrival.reason}. Nothing was changed.`, {
        severity: 'warning',
        actions: [
          { label: 'Try again', command: 'address', options: { url }, style: 'primary' },
          { label: 'Set it anyway', command: 'address', options: { url, anyway: 'yes' } },
        ],
        data: { code: 'not_reached', field: 'url' },
      });

    const count = await changes.settings((current) => {
      const { publicUrl: before, ...rest } = current;
      return {
        change: {
          action: 'address',
          detail: url ? `set the public address to ${url}` : 'took the public address away',
          ...(before && { before }),
          ...(url && { after: url }),
        },
        settings: url ? { ...rest, publicUrl: url } : rest,
        result: current.endpoints.length,
      };
    });
    const others = count ? ' What providers were given before has to be changed there too.' : '';
    if (!url)
      return reply(`No public address is set any more: endpoints show ${inlineCode(address.localUrl)}.${others}`, {
        data: { url: address.url, setBy: address.setBy },
      });
    const tried = arrival ? 'A request sent there arrived here. ' : 'It was not tried. ';
    return reply(`Endpoints now show ${inlineCode(url)}. ${tried}It is tried every five minutes.${others}`, {
      severity: arrival ? 'good' : 'warning',
      actions: count ? [] : [{ label: 'New endpoint', command: 'new', options: {}, style: 'primary' }],
      data: { url, setBy: address.setBy },
    });
  },
});

async function show(address: Address, caller: Caller) {
  const { url, setBy } = address;
  const reach = setBy === 'nobody' ? await describeReach(address) : undefined;
  if (reach)
    return reply(reach.text, {
      severity: 'warning',
      actions: toReachActions(reach, caller),
      data: { url, setBy },
    });
  const arrival = await address.tryOut(url);
  const from = setBy === 'environment' ? '`PUBLIC_URL` in the environment says so' : 'an admin set it';
  const state = arrival.ok ? 'A request sent there arrives here.' : `Now it ${arrival.reason}.`;
  return reply(`Providers reach Bellhop at ${inlineCode(url)}: ${from}. ${state}`, {
    severity: arrival.ok ? 'good' : 'warning',
    data: { url, setBy },
  });
}
