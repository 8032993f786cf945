import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { toJson } from '../core/delivery/to-json.ts';
import { OptionError } from '../core/errors.ts';
import { eventLink } from '../core/event/event-line.ts';
import type { CommandAction } from '../core/message/message.ts';
import { findEvent } from './shared/find-event.ts';

/** Characters on one page: what every chat shows whole in one block of code. */
const PAGE = 2_500;

export default defineCommand({
  summary: 'Show what an event carried, page by page',
  examples: ['/webhook payload 1234', '/webhook payload 1234 page=2'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    page: { type: 'integer', optional: true, example: '2', description: 'Which page; the first when left out' },
  },

  async run({ options }, { journal, relay }) {
    const event = await findEvent(journal, options.event);
    const { format, payload, problem } = relay.read(event);
    if (format === 'empty') return reply(`${eventLink(event)}\nIts body was empty.`);
    if (format === 'binary')
      return reply(`${eventLink(event)}\nIts body is ${event.body.length} bytes that are not text.`);
    const text = typeof payload === 'string' ? payload : toJson(payload, 2);
    const pages = toPages(text);
    const page = options.page ?? 1;
    const shown = pages[page - 1];
    if (shown === undefined)
      throw new OptionError(
        'page',
        `There is no page ${page}: the payload has ${pages.length}, such as \`page=${pages.length}\`.`,
      );
    const turn = (label: string, to: number): CommandAction[] =>
      pages[to - 1] === undefined
        ? []
        : [{ label, command: 'payload', options: { event: event.id, page: String(to) } }];
    return reply(`${eventLink(event)}\n\n${fence(shown)}`, {
      footer: [`Page ${page} of ${pages.length}`, ...(problem ? [problem] : [])].join(' · '),
      actions: [...turn('Previous', page - 1), ...turn('Next', page + 1)],
      data: { event: event.id, page, pages: pages.length, text: shown },
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
