import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { AppError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, toMessage } from '../core/message/message.ts';
import { endpointOption } from './shared/endpoint-option.ts';

export default defineCommand({
  summary: 'Resume an endpoint that is paused; its channels get a digest of what was kept',
  examples: ['/webhook resume api-alerts'],
  aliases: ['unpause', 'enable'],
  place: 12,
  permission: 'owner',
  options: { endpoint: endpointOption },

  async run({ options, caller }, { view, changes, relay }) {
    const { id, name } = await view.find(options.endpoint);
    const pause = (await view.mutes(id)).find(({ paused }) => paused);
    const isRunning = () => new AppError(409, 'not_paused', `\`${name}\` is not paused.`);
    if (!pause) throw isRunning();
    await changes.record({ action: 'resume', endpointId: id, detail: `resumed ${name}` }, async () => {
      if (!(await relay.endMute(pause.id))) throw isRunning();
    });
    const body = `${escapeMarkdown(caller.userName)} resumed ${inlineCode(name)}. What is still open is posted, and a digest sums up the rest of what was kept.`;
    await relay.announce(id, toMessage({ notify: 'never', body }), caller);
    return reply(body, { severity: 'good', visibleTo: 'channel', data: { ended: pause.id } });
  },
});
