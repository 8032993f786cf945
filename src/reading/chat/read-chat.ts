import type { ChatMessage } from './chat-message.ts';
import { readDiscord } from './discord.ts';
import { readGoogleChat } from './google-chat.ts';
import { readSlack } from './slack.ts';
import { readTeams } from './teams.ts';

/** The message in a payload that was written for a chat, as many tools can send nothing else. */
export function readChat(payload: Readonly<Record<string, unknown>>): ChatMessage | undefined {
  for (const read of [readDiscord, readTeams, readGoogleChat, readSlack]) {
    const message = read(payload);
    if (message && message.texts.length + message.facts.length > 0) return message;
  }
  return undefined;
}
