import type { Chat } from '../../core/command/chat.ts';
import type { Caller } from '../../core/command/permission.ts';
import { AppError, OptionError } from '../../core/errors.ts';
import { channelLabel } from '../../core/settings/channel.ts';
import type { Route } from '../../core/settings/endpoint.ts';

export type Place = Pick<Route, 'platform' | 'channel' | 'channelName'>;

/**
 * The channel somebody means: `#ops` on their own platform, `slack:#ops` on another, their own channel when they say
 * nothing. Throws `OptionError` for the option `field` when there is none.
 */
export async function findPlace(
  typed: string | undefined,
  {
    caller,
    platforms,
    field,
  }: { readonly caller: Caller; readonly platforms: ReadonlyMap<string, Chat>; readonly field: string },
): Promise<Place> {
  const prefix = /^([a-z]+):(?!\/\/)/i.exec(typed ?? '')?.[1]?.toLowerCase();
  const named = prefix === undefined ? undefined : platforms.get(prefix);
  const platform = named ?? platforms.get(caller.platform);
  if (!platform || (prefix !== undefined && !named)) {
    const known = Array.from(platforms.keys(), (name) => `\`${name}:#channel\``).join(' or ');
    const missing = prefix ?? caller.platform;
    throw new OptionError(field, `\`${missing}\` is not connected here.${known && ` Name a channel as ${known}.`}`, {
      code: 'not_connected',
    });
  }
  // Their own channel is looked up too: Bellhop may not be a member of it.
  const text = named && prefix && typed ? typed.slice(prefix.length + 1).trim() : typed || caller.channel;
  try {
    const { id, name } = await platform.channel(text);
    return { platform: platform.name, channel: id, channelName: name };
  } catch (error) {
    if (!(error instanceof AppError) || error instanceof OptionError || error.status >= 500) throw error;
    throw new OptionError(field, error.message, { code: error.code, status: error.status });
  }
}

/** `#ops`, and the platform's title before it where that is not the reader's own. */
export function describePlace(
  { platform, channelName }: Omit<Place, 'channel'>,
  reader: Pick<Caller, 'platform'>,
  platforms: ReadonlyMap<string, Chat>,
): string {
  return platform === reader.platform
    ? channelLabel(channelName)
    : `${platforms.get(platform)?.title ?? platform} ${channelLabel(channelName)}`;
}
