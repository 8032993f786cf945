import { defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import type { StoredEvent } from '../core/event/event.ts';
import { partWords } from '../core/event/part-words.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption } from './shared/pages.ts';
import { payloadReply, payloadText } from './shared/payload-pages.ts';

export default defineCommand({
  summary: 'Show the payload of an event, page by page, with its secrets masked',
  help: 'Of a delivery that holds several events it shows the one, and with `whole=yes` all of them. Secrets, card numbers and confidential texts are masked. `/webhook reveal` shows them to the endpoint’s owners.',
  examples: ['/webhook payload 1234', '/webhook payload 1234 page=2', '/webhook payload 1234 whole=yes'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    page: pageOption,
    whole: { type: 'flag', optional: true, description: 'The whole delivery, where it holds several events' },
  },

  async run({ options, caller }, { view, journal, relay }) {
    const found = await findEvent(journal, options.event);
    const isWhole = options.whole === true && found.part !== undefined;
    const event = isWhole ? { ...found, ...(await journal.events.whole(found.id)) } : found;
    const shown = relay.show(event);
    const isMasked = payloadText(shown) !== payloadText(relay.read(event));
    const endpoint = isMasked ? await view.lookUp(event.endpointId) : undefined;
    const mayReveal = caller.role === 'admin' || (endpoint !== undefined && owns(caller, endpoint));
    return payloadReply({
      event,
      shown,
      page: options.page,
      command: 'payload',
      options: isWhole ? { whole: 'yes' } : {},
      note: [describePart(event, isWhole), isMasked ? 'Something is masked' : ''].filter(Boolean).join(' · '),
      actions: [
        ...(event.part && !isWhole
          ? [{ label: 'Whole delivery', command: 'payload', options: { event: event.id, whole: 'yes' } }]
          : []),
        ...(isMasked && mayReveal
          ? [{ label: 'Reveal what is masked', command: 'reveal', options: { event: event.id }, tucked: true }]
          : []),
      ],
    });
  },
});

function describePart({ part }: StoredEvent, isWhole: boolean): string {
  if (!part) return '';
  return isWhole ? `All ${part.of} events of the delivery` : `${partWords(part)} in its delivery`;
}
