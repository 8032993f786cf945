import type { Mention } from '../../../core/message/message.ts';

export interface DiscordMention {
  readonly kind: 'users' | 'roles';
  readonly id: string;
  readonly written: string;
}

/** How to ping a person (an id) or a role (`&` and an id); nothing for somebody Discord does not know. */
export function discordMention(mention: Mention | undefined): DiscordMention | undefined {
  const written = mention && Object.hasOwn(mention.ids, 'discord') ? mention.ids.discord : undefined;
  const [, role, id] = /^(?:<@)?!?(&?)(\d{5,20})>?$/.exec(written ?? '') ?? [];
  if (!id) return undefined;
  return role ? { kind: 'roles', id, written: `<@&${id}>` } : { kind: 'users', id, written: `<@${id}>` };
}
