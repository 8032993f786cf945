import type { ChatPerson } from '../../../core/command/chat.ts';

/** The person or role that somebody means by `<@123>`, `<@&123>` or an id; nothing where it is none. */
export function findPerson(text: string): ChatPerson | undefined {
  const [, role, mentioned, typed] = /^<@(&)?!?(\d{5,20})>$|^(\d{15,20})$/.exec(text.trim()) ?? [];
  const id = mentioned ?? typed;
  if (!id) return undefined;
  return role ? { id: `&${id}`, isGroup: true } : { id, isGroup: false };
}
