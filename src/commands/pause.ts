import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, toMessage } from '../core/message/message.ts';
import { endpointNow } from '../core/settings/endpoint-lookup.ts';
import { newId } from '../core/settings/ids.ts';
import type { Mute } from '../core/settings/mute.ts';
import { endpointOption } from './shared/endpoint-option.ts';

const REASON_LIMIT = 300;

export default defineCommand({
  summary: 'Pause an endpoint: deliveries are kept and nothing is posted until it is resumed',
  help: 'Deliveries are still verified, answered and kept, so their sender loses nothing. `/webhook resume` posts what is still open, and a digest of the rest. `/webhook mute` keeps an endpoint, or a part of it, quiet for a while.',
  examples: ['/webhook pause api-alerts', '/webhook pause api-alerts because "we move to a new cluster"'],
  aliases: ['disable', 'stop'],
  place: 11,
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    because: {
      type: 'string',
      label: 'Why',
      keyword: 'because',
      rest: true,
      optional: true,
      example: '"deploy night"',
      description: 'Why it is paused',
    },
  },

  async run({ options, caller }, { view, changes, clock, relay }) {
    const known = await view.find(options.endpoint);
    const reason = options.because?.slice(0, REASON_LIMIT).toWellFormed();
    const pause: Mute = {
      id: newId(),
      endpointId: known.id,
      match: {},
      paused: true,
      by: caller.userName,
      createdAt: clock.now().toISOString(),
      ...(reason && { reason }),
    };
    const name = await changes.settings((current) => {
      const endpoint = endpointNow(current, known);
      if (current.mutes.some((mute) => mute.endpointId === endpoint.id && mute.paused))
        throw new OptionError('endpoint', `\`${endpoint.name}\` is paused already.`, {
          code: 'already_there',
          status: 409,
        });
      return {
        change: { action: 'pause', endpointId: endpoint.id, detail: `paused ${endpoint.name}` },
        settings: { ...current, mutes: [...current.mutes, pause] },
        result: endpoint.name,
      };
    });
    const body = [
      `${escapeMarkdown(caller.userName)} paused ${inlineCode(name)}: its deliveries are kept, and nothing is posted until somebody resumes it.`,
      ...(reason ? [`Why: ${escapeMarkdown(reason)}`] : []),
    ].join('\n\n');
    const actions = [{ label: 'Resume', command: 'resume', options: { endpoint: known.id } }];
    await relay.announce(known.id, toMessage({ notify: 'never', body, actions }), caller);
    return reply(body, { visibleTo: 'channel', actions, data: { mute: pause } });
  },
});
