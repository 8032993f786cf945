import { Refusal } from '../refusal.ts';
import { BOT, type Json, type Workspace } from '../workspace.ts';
import { known, type Method } from './chat-methods.ts';

/** More kinds of reactions than that Slack puts on no message. */
const MOST = 23;

/** `reactions.*`: the bot's own reactions on messages. https://docs.slack.dev/reference/methods/reactions.add */
export function createReactionMethods(workspace: Workspace): Readonly<Record<string, Method>> {
  const find = (args: Json) => {
    const channel = known(workspace, args.channel);
    const message = workspace.messages.find(({ channel: at, ts }) => at === channel.id && ts === args.timestamp);
    if (!message) throw new Refusal('message_not_found');
    const name = String(args.name ?? '');
    if (!/^[a-z0-9_+-]+$/.test(name)) throw new Refusal('invalid_name');
    message.reactions ??= [];
    return { name, reactions: message.reactions };
  };
  return {
    'reactions.add'(args) {
      const { name, reactions } = find(args);
      if (reactions.some((each) => each.name === name)) throw new Refusal('already_reacted');
      if (reactions.length >= MOST) throw new Refusal('too_many_emoji');
      reactions.push({ name, count: 1, users: [BOT.user] });
      return { ok: true };
    },
    'reactions.remove'(args) {
      const { name, reactions } = find(args);
      const index = reactions.findIndex((each) => each.name === name);
      if (index < 0) throw new Refusal('no_reaction');
      reactions.splice(index, 1);
      return { ok: true };
    },
  };
}
