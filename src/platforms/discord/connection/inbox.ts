import type { Interaction } from './interaction.ts';
import { within } from './within.ts';

export interface InboxAnswer {
  readonly status: 200 | 202 | 400 | 401 | 503;
  readonly body?: object;
}

/** Where interactions arrive, from the gateway or over HTTP. Each is handled once, however often it comes. */
export interface Inbox {
  open(handle: (interaction: Interaction) => Promise<void>): void;
  take(interaction: unknown): void;
  /** Answers an interactions request whose signature is good. */
  answer(body: Buffer): InboxAnswer;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const PING = 1;
const REMEMBERED = 1_000;
const CLOSE_WITHIN = 5_000;

export function createInbox(): Inbox {
  const seen = new Set<string>();
  const underway = new Set<Promise<void>>();
  let handler: ((interaction: Interaction) => Promise<void>) | undefined;

  function take(value: unknown): void {
    const interaction = toInteraction(value);
    if (!handler || !interaction || seen.has(interaction.id)) return;
    seen.add(interaction.id);
    const [oldest] = seen;
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
    const work = handler(interaction).finally(() => underway.delete(work));
    underway.add(work);
  }

  return {
    take,
    open(handle) {
      handler = handle;
    },
    answer(body) {
      const interaction = parse(body);
      if (!interaction) return { status: 400, body: { code: 'bad_request', message: 'This is not an interaction.' } };
      if (interaction.type === PING) return { status: 200, body: { type: PING } };
      if (!handler) return { status: 503, body: { code: 'not_ready', message: 'Bellhop is still starting.' } };
      take(interaction);
      // Answers go out by REST, and then Discord expects nothing but this.
      return { status: 202 };
    },
    async close() {
      handler = undefined;
      await within(CLOSE_WITHIN, Promise.all(underway), undefined);
    },
  };
}

function parse(body: Buffer): Interaction | undefined {
  try {
    return toInteraction(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
}

/** It comes from Discord itself, so only its outer shape is looked at. */
function toInteraction(value: unknown): Interaction | undefined {
  const shaped = typeof value === 'object' && value !== null && 'id' in value && 'type' in value && 'token' in value;
  return shaped ? (value as Interaction) : undefined;
}
