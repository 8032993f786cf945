import type { CommandParts } from '../../core/command/command.ts';
import type { Caller } from '../../core/command/permission.ts';
import { AppError, OptionError } from '../../core/errors.ts';
import { quoted } from '../../core/message/markdown/inline-code.ts';
import { repeated } from '../../core/message/markdown/typed-word.ts';
import { channelLabel, type Place } from '../../core/settings/channel.ts';

/**
 * The channel somebody means: `#ops` on their own platform, `slack:#ops` on another, their own channel when they say
 * nothing. Throws `OptionError` for the option `field` when there is none that they see.
 */
export async function findPlace(
  typed: string | undefined,
  { caller, field }: { readonly caller: Caller; readonly field: string },
  { platforms, view }: Pick<CommandParts, 'platforms' | 'view'>,
): Promise<Place> {
  const prefix = /^([a-z]+):(?!\/\/)/i.exec(typed ?? '')?.[1]?.toLowerCase();
  const named = prefix === undefined ? undefined : platforms.get(prefix);
  const platform = named ?? platforms.get(caller.platform);
  if (!platform || (prefix !== undefined && !named)) {
    const known = Array.from(platforms.keys(), (name) => `\`${name}:#channel\``).join(' or ');
    const missing = repeated(prefix ?? caller.platform, { otherwise: 'The part before the `:`' });
    throw new OptionError(field, `${missing} is not connected here.${known && ` Name a channel as ${known}.`}`, {
      code: 'not_connected',
    });
  }
  // Their own channel is looked up too: Bellhop may not be a member of it.
  const text = named && prefix && typed ? typed.slice(prefix.length + 1).trim() : typed || caller.channel;
  // A channel that somebody does not see gets the answer of one that is not there.
  const unknown = () =>
    new OptionError(
      field,
      `There is no ${platform.title} channel ${repeated(text, { known: [caller.channelName], otherwise: /^[#<]/.test(text) ? quoted(text) : 'of that name' })} that you and Bellhop both see. If it is private, join it and invite Bellhop there, then try again.`,
      { code: 'not_found', status: 404 },
    );
  const { id, name } = await platform.channel(text).catch((error: unknown) => {
    if (!(error instanceof AppError) || error instanceof OptionError || error.status >= 500) throw error;
    throw error.status === 404
      ? unknown()
      : new OptionError(field, error.message, { code: error.code, status: error.status });
  });
  const place = { platform: platform.name, channel: id, channelName: name };
  if (!(await view.sees(place))) throw unknown();
  return place;
}

/** `#ops`, and the platform's title before it where that is not the reader's own. */
export function describePlace(
  { platform, channelName }: Omit<Place, 'channel'>,
  reader: Pick<Caller, 'platform'>,
  platforms: CommandParts['platforms'],
): string {
  return platform === reader.platform
    ? channelLabel(channelName)
    : `${platforms.get(platform)?.title ?? platform} ${channelLabel(channelName)}`;
}
