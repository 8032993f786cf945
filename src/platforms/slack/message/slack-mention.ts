import type { Mention } from '../../../core/message/message.ts';
import type { RichTextElement } from './payload.ts';

type MentionElement = Extract<RichTextElement, { readonly type: 'user' | 'usergroup' }>;

/** The element that pings a person (`U…`, `W…`) or a user group (`S…`); nothing for somebody Slack does not know. */
export function slackMention(mention: Mention | undefined): MentionElement | undefined {
  const id = mention && Object.hasOwn(mention.ids, 'slack') ? mention.ids.slack : undefined;
  if (!id) return undefined;
  if (/^[UW][A-Z0-9]{2,30}$/.test(id)) return { type: 'user', user_id: id };
  return /^S[A-Z0-9]{2,30}$/.test(id) ? { type: 'usergroup', usergroup_id: id } : undefined;
}
