import { deedMarkdown, handlingLines } from '../../core/command/desks/handling-desk.ts';
import type { Handling, Note } from '../../core/event/handling.ts';
import { escapeMarkdown, type Markdown, type Message, toMessage } from '../../core/message/message.ts';
import { muteTimes } from '../../core/settings/describe-mute.ts';
import type { Mute } from '../../core/settings/mute.ts';
import { cutText } from '../../core/text/cut-text.ts';
import { plural } from '../../core/text/line.ts';

/** Notes that a message shows, and how much of each. */
const NOTES = 3;
const NOTE_LENGTH = 200;
const NAME_LENGTH = 40;

/** A message with what people did about its subject, and whether its source is muted. One line says it shorter. */
export function toHandled(message: Message, handling: Handling, mute?: Mute): Message {
  const { acknowledged, resolved, notes } = handling;
  if (!acknowledged && !resolved && notes.length === 0 && !mute) return message;
  if (message.density === 'compact') {
    const { title } = message;
    const text = [title?.text, ...wordsFor(handling), ...(mute ? [`muted by ${nameOf(mute.by)}`] : [])];
    return toMessage({ ...message, title: { ...title, text: text.filter(Boolean).join(' · ') } });
  }
  const lines = [
    ...handlingLines(handling),
    ...(mute ? [`Muted by ${escapeMarkdown(nameOf(mute.by))} ${muteTimes(mute, [])}`] : []),
    ...notes.slice(-NOTES).map(noteLine),
    ...(notes.length > NOTES ? [`and ${plural(notes.length - NOTES, 'earlier note')}`] : []),
  ];
  return { ...message, body: [lines.join('\n'), message.body].filter(Boolean).join('\n\n') };
}

function noteLine(note: Note): Markdown {
  return `Note: ${escapeMarkdown(cutText(note.text, NOTE_LENGTH))} (${deedMarkdown(note)})`;
}

/** Whoever closed it here had the last word; else whoever took it on. */
function wordsFor({ acknowledged, resolved, notes }: Handling): readonly string[] {
  return [
    ...(resolved ? [`resolved here by ${nameOf(resolved.byName)} on ${resolved.on}`] : []),
    ...(acknowledged && !resolved ? [`acknowledged by ${nameOf(acknowledged.byName)} on ${acknowledged.on}`] : []),
    ...(notes.length > 0 ? [plural(notes.length, 'note')] : []),
  ];
}

function nameOf(name: string): string {
  return cutText(name, NAME_LENGTH);
}
