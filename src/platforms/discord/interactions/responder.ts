import type { DiscordApi } from '../connection/api.ts';
import type { Interaction } from '../connection/interaction.ts';
import { patiently } from '../connection/patiently.ts';

/** Answers one interaction. Throws `AppError`. */
export interface Responder {
  /** Shows "thinking" to the caller alone. */
  defer(): Promise<void>;
  say(body: object, visibleTo: 'caller' | 'channel'): Promise<void>;
  open(modal: object): Promise<void>;
  complete(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>;
  /** Replaces "thinking" for the caller alone. */
  edit(body: object): Promise<void>;
  /** Takes "thinking" away and answers for all to see. */
  announce(body: object): Promise<void>;
  /** Says one thing more, once something was said. */
  add(body: object, visibleTo: 'caller' | 'channel'): Promise<void>;
}

const CALLBACK = { message: 4, defer: 5, complete: 8, modal: 9 } as const;
const EPHEMERAL = 64;

export function createResponder(
  api: DiscordApi,
  { id, token }: Pick<Interaction, 'id' | 'token'>,
  applicationId: string,
): Responder {
  const hook = `/webhooks/${applicationId}/${token}` as const;
  const original = `${hook}/messages/@original` as const;
  const call = (type: number, data: object) =>
    api.request<void>('POST', `/interactions/${id}/${token}/callback`, { body: { type, data }, open: true });

  return {
    defer: () => call(CALLBACK.defer, { flags: EPHEMERAL }),
    say: (body, visibleTo) => call(CALLBACK.message, seenBy(visibleTo, body)),
    open: (modal) => call(CALLBACK.modal, modal),
    complete: (choices) => call(CALLBACK.complete, { choices }),
    edit: (body) => patiently(() => api.request('PATCH', original, { body, open: true })),
    async announce(body) {
      // A follow-up to "thinking" would take its place, and be as hidden as it is.
      await patiently(() => api.request('DELETE', original, { open: true }));
      await patiently(() => api.request('POST', hook, { body, open: true }));
    },
    add: (body, visibleTo) => patiently(() => api.request('POST', hook, { body: seenBy(visibleTo, body), open: true })),
  };
}

function seenBy(visibleTo: 'caller' | 'channel', body: object): object {
  return visibleTo === 'caller' ? { ...body, flags: EPHEMERAL } : body;
}
