import type { Caller } from '../../core/command/permission.ts';
import type { Platform } from '../../core/platform/platform.ts';

export const DEFAULT_CHANNEL = 'general';
export const DEFAULT_USER = 'you';

/** Whoever holds the admin token or a session, as somebody of the local platform. */
export async function toCaller(
  local: Platform,
  { channel = DEFAULT_CHANNEL, user = DEFAULT_USER }: { readonly channel?: string; readonly user?: string } = {},
): Promise<Caller> {
  const { id, name } = await local.channel(channel);
  return { platform: local.name, channel: id, channelName: name, user, userName: user, role: 'admin' };
}
