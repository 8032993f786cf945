import { at } from '../../core/delivery/readers.ts';
import { type Handshake, jsonAnswer } from '../../core/provider/handshake.ts';

/** Discord, which pings webhooks for events by one number and interactions by another: https://docs.discord.com/developers/events/webhook-events */
export const discordPing: Handshake = {
  answerVerified({ payload }) {
    const type = at(payload, 'type');
    if (type === 0) return { status: 204, headers: { 'content-type': 'application/json' }, body: '' };
    return type === 1 && at(payload, 'event') === undefined ? jsonAnswer({ type: 1 }) : undefined;
  },
};
