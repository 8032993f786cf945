import type { DiscordApi } from '../connection/api.ts';
import type { Interaction } from '../connection/interaction.ts';
import { retryLimited } from '../connection/retry-limited.ts';
import { retryUnanswered } from '../connection/retry-unanswered.ts';
import { hasCode } from '../connection/to-app-error.ts';

export type VisibleTo = 'caller' | 'channel';

/** The requests that answer one interaction. Whatever may be repeated is tried again. Throws `AppError`. */
export interface Wire {
  /** The first answer, which Discord wants within three seconds. */
  respond(type: keyof typeof CALLBACK, data: object): Promise<void>;
  /** Changes the answer, or the message whose button was pressed where the first answer was an update. */
  edit(body: object): Promise<void>;
  /** Deletes the answer. */
  remove(): Promise<void>;
  /** Sends one more message after the first answer. It may have been posted when this fails, so it is not repeated. */
  followUp(body: object, visibleTo: VisibleTo): Promise<void>;
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const CALLBACK = { message: 4, thinking: 5, wait: 6, update: 7, choices: 8, modal: 9 } as const;
const EPHEMERAL = 64;

export function createWire(
  api: DiscordApi,
  { id, token }: Pick<Interaction, 'id' | 'token'>,
  applicationId: string,
): Wire {
  const hook = `/webhooks/${applicationId}/${token}` as const;
  const original = `${hook}/messages/@original` as const;
  const open = { open: true, answer: 'anything' } as const;

  return {
    respond: (type, data) =>
      retryUnanswered(
        () =>
          api.request('POST', `/interactions/${id}/${token}/callback`, {
            body: { type: CALLBACK[type], data },
            ...open,
          }),
        // The first try succeeded, though its answer was lost.
        (error) => hasCode(error, 'discord_interaction_answered'),
      ),
    edit: (body) => retryUnanswered(() => api.request('PATCH', original, { body, open: true })),
    remove: () =>
      retryUnanswered(
        () => api.request('DELETE', original, open),
        (error) => hasCode(error, 'discord_message_gone'),
      ),
    async followUp(body, visibleTo) {
      await retryLimited(() => api.request('POST', hook, { body: seenBy(visibleTo, body), open: true }));
    },
  };
}

/** A message for everybody in the channel, or for the caller alone. */
export function seenBy(visibleTo: VisibleTo, body: object): object {
  return visibleTo === 'caller' ? { ...body, flags: EPHEMERAL } : body;
}

/** Whether only one person sees a message. */
export function isPrivate(flags = 0): boolean {
  return (flags & EPHEMERAL) !== 0;
}
