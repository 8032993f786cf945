import type { About } from '../core/event/about.ts';
import type { CommandAction } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { cutText } from '../core/text/cut-text.ts';

/** The buttons every event's message has, whatever its template says: keep the source quiet, ask why, look inside. */
export function toActions(
  eventId: string,
  { source }: About,
  endpoint: Endpoint | undefined,
): readonly CommandAction[] {
  const why: CommandAction = {
    label: 'Why did I see this?',
    command: 'why',
    options: { event: eventId },
    tucked: true,
  };
  const payload: CommandAction = {
    label: 'Show payload',
    command: 'payload',
    options: { event: eventId },
    tucked: true,
  };
  if (!endpoint) return [why, payload];
  const name = source ?? endpoint.name;
  const mute: CommandAction = {
    label: `Mute ${cutText(name, 24)} for 1 h`,
    command: 'mute',
    // Without a source the mute holds all of the endpoint: the button says so by its name, so it need not ask again.
    // By its id: another endpoint may have this name when somebody clicks.
    options: { endpoint: endpoint.id, ...(source ? { source } : { confirm: 'yes' }), for: '1h' },
    tucked: true,
  };
  return [mute, why, payload];
}

/** The button to all of it, where a chat could not show the whole message. */
export function toMore(eventId: string): CommandAction {
  return { label: 'Show all', command: 'payload', options: { event: eventId } };
}
