import type { About } from '../core/event/about.ts';
import { type CommandAction, cleanCommand, type Message } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { cutText } from '../core/text/cut-text.ts';

export interface ActionFacts {
  readonly eventId: string;
  readonly about: About;
  readonly endpoint: Endpoint | undefined;
  /** Whether its route asks what people think of it. */
  readonly votes: boolean;
  /** Whether the message says all there is to say. */
  readonly whole: boolean;
}

/** An event's message with what every one has behind ⋯, whatever its template says. */
export function withEventActions(message: Message, facts: ActionFacts): Message {
  const { eventId } = facts;
  return {
    ...message,
    more: cleanCommand(message.density === 'full' ? toPayload(eventId, 'Show all') : toWhole(eventId)),
    menu: cleanCommand({ label: '⋯', command: 'menu', options: { event: eventId } }),
    actions: [...message.actions, ...toActions(facts).map(cleanCommand)],
  };
}

/** The buttons to mute the source, to hide its like, to ask why, to look inside, and to post it again. */
function toActions({ eventId, about, endpoint, votes, whole }: ActionFacts): readonly CommandAction[] {
  const event = { event: eventId };
  return [
    ...(votes ? VOTES.map(({ label, as }) => ({ label, command: 'vote', options: { ...event, as } })) : []),
    ...(endpoint ? [toMute(endpoint, about, eventId)] : []),
    ...(endpoint ? [{ label: 'Fewer like this', command: 'fewer', options: event, tucked: true }] : []),
    { label: 'Why did I see this?', command: 'why', options: event, tucked: true },
    ...(whole ? [] : [{ ...toWhole(eventId), tucked: true }]),
    { ...toPayload(eventId, 'Show payload'), tucked: true },
    { label: 'Replay', command: 'replay', options: event, tucked: true },
  ];
}

const VOTES = [
  { label: '👍', as: 'up' },
  { label: '👎', as: 'down' },
] as const;

function toMute(endpoint: Endpoint, { source }: About, eventId: string): CommandAction {
  return {
    label: `Mute ${cutText(source ?? endpoint.name, 24)} for 1 h`,
    command: 'mute',
    // Without a source the mute holds all of the endpoint: the button says so by its name, so it need not ask again.
    // By its id: another endpoint may have this name when somebody clicks.
    options: { endpoint: endpoint.id, ...(source ? { source } : { confirm: 'yes' }), for: '1h', event: eventId },
    tucked: true,
  };
}

function toWhole(eventId: string): CommandAction {
  return { label: 'Show all', command: 'menu', options: { event: eventId, full: 'yes' } };
}

function toPayload(eventId: string, label: string): CommandAction {
  return { label, command: 'payload', options: { event: eventId } };
}
