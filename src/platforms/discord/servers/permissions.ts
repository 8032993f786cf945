// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
const ADMINISTRATOR = 1n << 3n;
const MANAGE_GUILD = 1n << 5n;
export const VIEW_CHANNEL = 1n << 10n;
export const MANAGE_WEBHOOKS = 1n << 29n;
/** Sees private threads without being in them. */
export const MANAGE_THREADS = 1n << 34n;

/** What administrators and a server's owner have, whatever its roles and channels say. */
export const EVERYTHING = (1n << 64n) - 1n;

/** What Bellhop needs, by the name that Discord's own settings show. */
const NEEDED = {
  'View Channels': VIEW_CHANNEL,
  'Send Messages': 1n << 11n,
  'Embed Links': 1n << 14n,
  'Read Message History': 1n << 16n,
  'Create Public Threads': 1n << 35n,
  'Send Messages in Threads': 1n << 38n,
} as const;

export interface Overwrite {
  readonly id: string;
  readonly allow: string;
  readonly deny: string;
}

/** All that Bellhop needs, as one number. */
export const neededPermissions = Object.values(NEEDED).reduce((sum, bit) => sum | bit, 0n);

/** What a post needs, in a channel and in a thread. The rest is needed only to answer in threads. */
export const POSTING = ['View Channels', 'Send Messages', 'Embed Links', 'Read Message History'];
export const POSTING_IN_THREADS = ['View Channels', 'Send Messages in Threads', 'Embed Links', 'Read Message History'];

/** The names of what Bellhop needs and these permissions lack. */
export function missingPermissions(permissions: bigint): readonly string[] {
  if (permissions & ADMINISTRATOR) return [];
  return Object.entries(NEEDED).flatMap(([name, bit]) => (permissions & bit ? [] : [name]));
}

/** What somebody may do with Bellhop, judged by what they may do on the server. */
export function toRole(permissions: bigint): 'admin' | 'member' | 'outsider' {
  if (permissions & (ADMINISTRATOR | MANAGE_GUILD)) return 'admin';
  return permissions & MANAGE_WEBHOOKS ? 'member' : 'outsider';
}

/** What a member's roles and a channel's overwrites come to: everyone first, then the roles together, then the member alone. */
export function permissionsIn(
  {
    guild,
    member,
    roles,
  }: { readonly guild: string; readonly member: string; readonly roles: ReadonlyMap<string, bigint> },
  overwrites: readonly Overwrite[],
): bigint {
  const base = [...roles.values()].reduce((sum, role) => sum | role, 0n);
  if (base & ADMINISTRATOR) return EVERYTHING;
  const layers = [
    overwrites.filter(({ id }) => id === guild),
    overwrites.filter(({ id }) => id !== guild && roles.has(id)),
    overwrites.filter(({ id }) => id === member),
  ];
  return layers.reduce((sum, layer) => (sum & ~union(layer, 'deny')) | union(layer, 'allow'), base);
}

function union(overwrites: readonly Overwrite[], side: 'allow' | 'deny'): bigint {
  return overwrites.reduce((sum, overwrite) => sum | BigInt(overwrite[side]), 0n);
}
