import type { Caller } from '../../core/command/permission.ts';
import type { Platform } from '../../core/platform/platform.ts';

export const DEFAULT_CHANNEL = 'general';
export const DEFAULT_USER = 'you';
/** Whom others read of in messages and in the audit: nobody is called `you` there. */
const NAMELESS = 'Somebody';

export interface Asker {
  readonly channel?: string | undefined;
  readonly user?: string | undefined;
  /** IANA. */
  readonly timeZone?: string | undefined;
}

/** Whoever holds the admin token or a session, as somebody of the local platform: an admin, on the clock of their zone or of this machine. */
export async function toCaller(
  local: Platform,
  { channel = DEFAULT_CHANNEL, user = DEFAULT_USER, timeZone = ownZone() }: Asker = {},
): Promise<Caller> {
  const { id, name } = await local.channel(channel);
  const userName = user.toLowerCase() === DEFAULT_USER ? NAMELESS : user;
  return { platform: local.name, channel: id, channelName: name, user, userName, role: 'admin', timeZone };
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
