import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { toJson } from '../core/delivery/to-json.ts';
import { eventLink } from '../core/event/event-line.ts';
import { fence, toCodePages } from './shared/code-pages.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption, toPage } from './shared/pages.ts';

export default defineCommand({
  summary: 'Show the payload of an event, page by page',
  examples: ['/webhook payload 1234', '/webhook payload 1234 page=2'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    page: pageOption,
  },

  async run({ options }, { journal, relay }) {
    const event = await findEvent(journal, options.event);
    const { format, payload, problem } = relay.read(event);
    if (format === 'empty') return reply(`${eventLink(event)}\nIts body was empty.`);
    if (format === 'binary')
      return reply(`${eventLink(event)}\nIts body is ${event.body.length} bytes that are not text.`);
    const text = typeof payload === 'string' ? payload : toJson(payload, 2);
    const { shown, page, pages, turns } = toPage(toCodePages(text), {
      page: options.page,
      size: 1,
      command: 'payload',
      options: { event: event.id },
    });
    const [part = ''] = shown;
    return reply(`${eventLink(event)}\n\n${fence(part)}`, {
      footer: [`Page ${page} of ${pages}`, ...(problem ? [problem] : [])].join(' · '),
      actions: turns,
      data: { event: event.id, page, pages, text: part },
    });
  },
});
