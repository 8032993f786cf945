import { defineCommand } from '../core/command/command.ts';
import { owns } from '../core/command/permission.ts';
import { AppError } from '../core/errors.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption } from './shared/pages.ts';
import { payloadReply } from './shared/payload-pages.ts';

export default defineCommand({
  summary: 'Show an owner what is masked in a payload; this is recorded in the audit',
  help: 'Shows the payload with its secrets and confidential texts, to you alone. Only an owner of the endpoint or an admin may ask, and it is recorded in the audit. Bellhop’s own secrets, the tokens of its URLs and the signing secrets, stay masked.',
  examples: ['/webhook reveal 1234', '/webhook reveal 1234 page=2'],
  clicked: true,
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    page: pageOption,
  },

  async run({ options, caller }, { view, journal, changes, relay }) {
    const event = await findEvent(journal, options.event);
    const { id, endpointId } = event;
    const endpoint = await view.lookUp(endpointId);
    if (caller.role !== 'admin' && !(endpoint && owns(caller, endpoint)))
      throw new AppError(
        403,
        'forbidden',
        `Only an owner of ${endpoint ? `\`${endpoint.name}\`` : 'its endpoint'} or an admin may see what is masked in event \`${id}\`.`,
      );
    const page = options.page ?? 1;
    return changes.record(
      { action: 'reveal', endpointId, detail: `looked at the unmasked payload of event ${id}, page ${page}` },
      async () =>
        payloadReply({
          event,
          shown: relay.read(event),
          page: options.page,
          command: 'reveal',
          note: 'Nothing is masked',
        }),
    );
  },
});
