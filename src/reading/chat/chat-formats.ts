import type { ReadChat } from './chat-message.ts';
import { discordMessage } from './discord.ts';
import { slackMessage } from './slack.ts';

/** The formats in which tools send their messages to a chat, where it is known which one it is. */
export const chatFormats = { slack: slackMessage, discord: discordMessage } as const satisfies Record<string, ReadChat>;

export type ChatFormat = keyof typeof chatFormats;
