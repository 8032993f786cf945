import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { toJson } from '../core/delivery/to-json.ts';
import { eventLink } from '../core/event/event-line.ts';
import { findEvent } from './shared/find-event.ts';
import { pageOption, toPage } from './shared/pages.ts';

/** Characters on one page: what every chat shows whole in one block of code. */
const PAGE = 2_500;

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
    const { shown, page, pages, turns } = toPage(toPages(text), {
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

/** Pages end at the end of a line, unless that leaves a page half empty: one line may be longer than a page. */
function toPages(text: string): readonly string[] {
  const pages: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = text.length - start <= PAGE ? text.length : text.lastIndexOf('\n', start + PAGE);
    const stop = end > start + PAGE / 2 ? end : Math.min(text.length, start + PAGE);
    pages.push(text.slice(start, stop).toWellFormed());
    start = text[stop] === '\n' ? stop + 1 : stop;
  }
  return pages.length ? pages : [''];
}

/** A fence longer than any run of backticks within. */
function fence(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}\n${text}\n${marks}`;
}
