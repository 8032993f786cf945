import { defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption } from './shared/pages.ts';
import { payloadReply, payloadText } from './shared/payload-pages.ts';

export default defineCommand({
  summary: 'Show the payload of an event, page by page, with its secrets masked',
  help: 'Secrets, card numbers and confidential texts are masked. `/webhook reveal` shows them to the endpoint’s owners.',
  examples: ['/webhook payload 1234', '/webhook payload 1234 page=2'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    page: pageOption,
  },

  async run({ options, caller }, { view, journal, relay }) {
    const event = await findEvent(journal, options.event);
    const shown = relay.show(event);
    const isMasked = payloadText(shown) !== payloadText(relay.read(event));
    const endpoint = isMasked ? await view.lookUp(event.endpointId) : undefined;
    const mayReveal = caller.role === 'admin' || (endpoint !== undefined && owns(caller, endpoint));
    return payloadReply({
      event,
      shown,
      page: options.page,
      command: 'payload',
      note: isMasked ? 'Something is masked' : undefined,
      actions:
        isMasked && mayReveal
          ? [{ label: 'Reveal what is masked', command: 'reveal', options: { event: event.id }, tucked: true }]
          : [],
    });
  },
});
