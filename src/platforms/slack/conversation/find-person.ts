import type { ChatPerson } from '../../../core/command/chat.ts';
import type { SlackPerson } from './people.ts';

const PERSON = /^<@([UW][A-Z0-9]{2,30})(?:\|[^>]*)?>$|^([UW][A-Z0-9]{4,30})$/;
const GROUP = /^<!subteam\^(S[A-Z0-9]{2,30})(?:\|@?([^>]*))?>$|^(S[A-Z0-9]{4,30})$/;

/** The person or user group that somebody means by `<@U…>`, `<!subteam^S…|@team>` or an id; nothing where it is none. Throws `AppError`. */
export async function findPerson(
  text: string,
  lookUp: (id: string) => Promise<SlackPerson>,
): Promise<ChatPerson | undefined> {
  const [, group, label, groupId] = GROUP.exec(text.trim()) ?? [];
  const subteam = group ?? groupId;
  if (subteam) return { id: subteam, isGroup: true, ...(label && { name: label }) };
  const [, mentioned, typed] = PERSON.exec(text.trim()) ?? [];
  const id = mentioned ?? typed;
  if (!id) return undefined;
  const { name } = await lookUp(id);
  return { id, name, isGroup: false };
}
