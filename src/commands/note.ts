import { defineCommand } from '../core/command/command.ts';
import { OptionError } from '../core/errors.ts';
import { cleanText } from '../core/text/clean-text.ts';
import { findEvent } from './shared/find-event.ts';
import { handle } from './shared/handling/handle.ts';

/** Characters of a note. */
const LONGEST = 1_000;

export default defineCommand({
  summary: 'Write a note on what an event is about',
  help: 'All its messages show the latest notes, with who wrote them and where; `/webhook event` shows all. A note pings nobody, and secrets in it are masked.',
  examples: ['/webhook note 1234 "Rolled back, watching it"'],
  permission: 'member',
  options: {
    event: { type: 'string', positional: true, complete: 'event', example: '1234', description: 'The id of the event' },
    text: {
      type: 'string',
      positional: true,
      rest: true,
      long: true,
      label: 'Note',
      example: '"Rolled back, watching it"',
      description: 'What others should know',
    },
  },
  asks: ({ text }) => !text,

  async run({ options, caller }, parts) {
    const event = await findEvent(parts.journal, options.event);
    const text = cleanText(options.text).trim();
    if (text === '') throw new OptionError('text', 'A note needs some words.');
    if (text.length > LONGEST)
      throw new OptionError(
        'text',
        `A note has at most ${LONGEST.toLocaleString('en')} characters, and this one has ${text.length.toLocaleString('en')}. Write it shorter, or link to where it stands.`,
      );
    return handle(event, { change: { note: text }, done: 'wrote a note on' }, caller, parts);
  },
});
