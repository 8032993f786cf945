import type { Reply } from '../../core/command/command.ts';
import { reply } from '../../core/command/reply.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import type { StoredEvent } from '../../core/event/event.ts';
import { eventLink } from '../../core/event/event-line.ts';
import type { Shown } from '../../core/event/relay.ts';
import type { Action } from '../../core/message/message.ts';
import { toPage } from './pages.ts';

/** Characters on one page: what every chat shows whole in one block of code. */
const PAGE = 2_500;

export interface PayloadReply {
  readonly event: StoredEvent;
  readonly shown: Shown;
  readonly page: number | undefined;
  /** The command whose pages these are. */
  readonly command: string;
  /** What stands below the text, before the number of the page. */
  readonly note?: string | undefined;
  readonly actions?: readonly Action[];
}

/** What a body says, as people read it. */
export function payloadText({ payload }: Shown): string {
  return typeof payload === 'string' ? payload : toJson(payload, 2);
}

/** One page of what an event's body says. */
export function payloadReply({ event, shown, page: wanted, command, note, actions = [] }: PayloadReply): Reply {
  const { format, problem } = shown;
  if (format === 'empty') return reply(`${eventLink(event)}\nIts body was empty.`);
  if (format === 'binary')
    return reply(`${eventLink(event)}\nIts body is ${event.body.length} bytes that are not text.`);
  const {
    shown: parts,
    page,
    pages,
    turns,
  } = toPage(toPages(payloadText(shown)), {
    page: wanted,
    size: 1,
    command,
    options: { event: event.id },
  });
  const [part = ''] = parts;
  return reply(`${eventLink(event)}\n\n${fence(part)}`, {
    footer: [...(note ? [note] : []), `Page ${page} of ${pages}`, ...(problem ? [problem] : [])].join(' · '),
    actions: [...turns, ...actions],
    data: { event: event.id, page, pages, text: part },
  });
}

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
