export const PERMISSION = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readMessageHistory: 1n << 16n,
  manageWebhooks: 1n << 29n,
  manageThreads: 1n << 34n,
  useApplicationCommands: 1n << 31n,
  createPublicThreads: 1n << 35n,
  sendMessagesInThreads: 1n << 38n,
} as const;

export type PermissionName = keyof typeof PERMISSION;

const ALL = (1n << 52n) - 1n;

export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

/** Adds up permissions by name. */
export function bits(names: readonly PermissionName[]): bigint {
  return names.reduce((sum, name) => sum | PERMISSION[name], 0n);
}

/** What roles and overwrites leave of permissions in a channel. https://discord.com/developers/docs/topics/permissions */
export function effective(
  {
    guildId,
    userId,
    roles,
  }: { readonly guildId: string; readonly userId: string; readonly roles: ReadonlyMap<string, bigint> },
  overwrites: readonly Overwrite[] = [],
): bigint {
  const base = [...roles.values()].reduce((sum, role) => sum | role, 0n);
  if (base & PERMISSION.administrator) return ALL;
  const layers = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id, type }) => type === 0 && id !== guildId && roles.has(id)),
    overwrites.filter(({ id, type }) => type === 1 && id === userId),
  ];
  return layers.reduce((sum, layer) => {
    const deny = layer.reduce((all, overwrite) => all | BigInt(overwrite.deny), 0n);
    const allow = layer.reduce((all, overwrite) => all | BigInt(overwrite.allow), 0n);
    return (sum & ~deny) | allow;
  }, base);
}
