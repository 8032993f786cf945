import { defineCommand } from '../core/command/command.ts';
import { explainAbsence } from './shared/why/explain-absence.ts';
import { explainEvent } from './shared/why/explain-event.ts';
import { findAsked } from './shared/why/find-asked.ts';

/** Posts of an event that are looked at. */
const POSTS = 50;

export default defineCommand({
  summary: 'Say why an event was posted, held or dropped, or why nothing arrived',
  help: 'Takes an event’s id, a delivery id, an endpoint or words of the title. Without any, it explains the last event posted in this channel. `/webhook why not <endpoint>` says why something never came.',
  examples: ['/webhook why', '/webhook why 1234', '/webhook why api-alerts', '/webhook why deploy failed'],
  place: 6,
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      complete: 'event',
      example: '1234',
      description: 'An event, a delivery id, an endpoint or words',
    },
  },

  async run({ options, caller }, parts) {
    const { id, others } = await findAsked(options.event, caller, parts);
    const found = id === undefined ? undefined : await parts.journal.events.getWithPosts(id, POSTS);
    return found ? explainEvent(found, others, { caller, parts }) : explainAbsence(options.event, { caller, parts });
  },
});
