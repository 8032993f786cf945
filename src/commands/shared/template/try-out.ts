import type { CommandParts } from '../../../core/command/command.ts';
import type { MadeMessage, TemplateFinding } from '../../../core/command/desks/template-desk.ts';
import type { EventSummary, StoredEvent } from '../../../core/event/event.ts';
import { ANY_TYPE, templateName } from '../../../core/settings/template-override.ts';
import type { Target } from './target.ts';

/** One event, with the message it makes now and the one that a text would make. */
export interface TriedEvent {
  readonly event: StoredEvent;
  readonly now: MadeMessage;
  readonly then: MadeMessage;
  readonly changed: boolean;
  readonly failure: TemplateFinding | undefined;
}

/** What a text does to the latest events of its type. */
export interface TryOut {
  readonly tried: number;
  readonly changed: readonly TriedEvent[];
  readonly failed: readonly TriedEvent[];
}

/** Milliseconds after which no further event is tried: somebody waits. */
const PATIENCE = 1_500;
/** Larger payloads are not held side by side. */
const LARGE = 512 * 1024;
const LEARNT = 10;
const LOOKED_AT = 200;

/** The newest events that a template makes messages of: of its endpoint, or of every one that the caller may know of. */
export async function eventsOf(
  { scope, endpoint, key }: Target,
  limit: number,
  { journal }: Pick<CommandParts, 'journal'>,
  since?: Date,
): Promise<readonly EventSummary[]> {
  const all = key.type === ANY_TYPE;
  const found = await journal.events.list({
    limit: scope === 'everyone' ? LOOKED_AT : limit,
    ...(scope !== 'everyone' && { endpointId: endpoint.id }),
    ...(!all && { type: key.type }),
    ...(since && { since }),
  });
  return found
    .filter(({ provider, type }) => provider === key.provider && (all || templateName(type) === templateName(key.type)))
    .slice(0, limit);
}

/** Some of those events with their payloads, to learn from what there is in them. */
export async function groundOf(target: Target, parts: Pick<CommandParts, 'journal'>) {
  const events: StoredEvent[] = [];
  for (const { id } of await eventsOf(target, LEARNT, parts)) {
    const event = await parts.journal.events.get(id);
    if (event && event.body.length <= LARGE) events.push(event);
  }
  return { provider: target.key.provider, type: target.key.type, events };
}

/** Makes the messages of one event, as it is and as a text would. */
export function tryOn(
  event: StoredEvent,
  draft: string,
  { route, scope, mayReveal }: Pick<Target, 'route' | 'scope' | 'mayReveal'>,
  { templates }: Pick<CommandParts, 'templates'>,
): TriedEvent {
  const look = { masked: !mayReveal(event), ...(scope === 'route' && route && { routeId: route.id }) };
  const [now, then] = [templates.make(event, look), templates.make(event, { ...look, draft })];
  const changed = now.lines.join('\n') !== then.lines.join('\n');
  return { event, now, then, changed, failure: then.failure };
}

/** Tries a text on the latest events of its type, as many as there is time for. */
export async function tryOut(
  draft: string,
  target: Target,
  { limit, since, parts }: { readonly limit: number; readonly since?: Date; readonly parts: CommandParts },
): Promise<TryOut> {
  const { journal, clock } = parts;
  const until = clock.elapsed() + PATIENCE;
  const all: TriedEvent[] = [];
  for (const { id } of await eventsOf(target, limit, parts, since)) {
    const event = await journal.events.get(id);
    if (event) all.push(tryOn(event, draft, target, parts));
    if (clock.elapsed() > until) break;
  }
  return {
    tried: all.length,
    changed: all.filter(({ changed }) => changed),
    failed: all.filter(({ failure }) => failure !== undefined),
  };
}
