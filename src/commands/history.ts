import { defineCommand } from '../core/command/command.ts';
import { handlingWords } from '../core/command/desks/handling-desk.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { type EventQuery, eventStates } from '../core/event/event.ts';
import { eventLine } from '../core/event/event-line.ts';
import { describeGaps } from '../core/event/searching/body-index.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import { momentMarkdown } from '../core/message/message.ts';
import { severities } from '../core/message/severity.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { isTestable } from './shared/test-action.ts';

const PAGE = 10;

export default defineCommand({
  summary: 'List events, newest first',
  help: 'The first word names an endpoint, if one has that name. All other words are searched for in title, source, actor, subject, type and delivery id; `body=` searches payloads for whole words, without what is masked there.',
  examples: [
    '/webhook history api-alerts',
    '/webhook history state=failed since 2h',
    '/webhook history api-alerts deploy failed',
    '/webhook history body=inv_1042',
  ],
  aliases: ['events', 'log', 'logs'],
  place: 7,
  permission: 'member',
  options: {
    endpoint: { ...endpointOption, optional: true, description: 'Only events of this endpoint' },
    words: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      example: 'deploy failed',
      description: 'Only events with these words',
    },
    state: {
      type: 'string',
      optional: true,
      choices: eventStates,
      example: 'failed',
      description: 'Only events in this state',
    },
    type: { type: 'string', optional: true, complete: 'type', example: 'push', description: 'Only this type of event' },
    source: {
      type: 'string',
      optional: true,
      complete: 'source',
      example: 'acme/api',
      description: 'Only this source',
    },
    severity: {
      type: 'string',
      optional: true,
      choices: severities,
      example: 'critical',
      description: 'Only events of this severity',
    },
    body: {
      type: 'string',
      optional: true,
      example: 'inv_1042',
      description: 'Only events whose payload has these words',
    },
    since: {
      type: 'duration',
      keyword: 'since',
      optional: true,
      complete: 'duration',
      example: '2h',
      description: 'How far back',
    },
    before: {
      type: 'string',
      optional: true,
      complete: 'event',
      example: '1234',
      description: 'Only events older than the one with this id',
    },
  },

  async run({ options, caller }, { view, journal, handling, samples, clock, publicUrl }) {
    const endpoint = options.endpoint === undefined ? undefined : await view.lookUp(options.endpoint);
    const words = [
      ...(endpoint || options.endpoint === undefined ? [] : [options.endpoint]),
      ...(options.words === undefined ? [] : [options.words]),
    ].join(' ');
    if (options.before !== undefined && !/^\d{1,18}$/.test(options.before))
      throw new OptionError('before', 'An event’s id is a number, such as `1234`.');
    const severity = severities.find((each) => each === options.severity);
    const query: EventQuery = {
      limit: PAGE + 1,
      ...(endpoint && { endpointId: endpoint.id }),
      ...(words && { q: words }),
      ...(options.body && { body: options.body }),
      ...(options.state && { state: eventStates.find((state) => state === options.state) ?? 'received' }),
      ...(options.type && { type: options.type }),
      ...(options.source && { source: options.source }),
      ...(severity && { severity }),
      ...(options.since && { since: new Date(clock.now().getTime() - options.since) }),
      ...(options.before && { before: options.before }),
    };
    const found = await journal.events.list(query);
    const gaps = options.body && describeGaps(await journal.bodies.coverage(), momentMarkdown);
    const events = found.slice(0, PAGE);
    const oldest = events.at(-1);
    if (!oldest) {
      const narrowed =
        words ||
        options.body ||
        options.state ||
        options.type ||
        options.source ||
        severity ||
        options.since ||
        options.before;
      const next = !endpoint
        ? `${inlineCode('/webhook list')} shows the endpoints.`
        : isTestable(endpoint, { samples })
          ? `${inlineCode(`/webhook test ${endpoint.name}`)} sends one.`
          : `${inlineCode(`/webhook why ${endpoint.name}`)} says what may keep it from arriving.`;
      return reply(
        narrowed
          ? `No event matches. Leave something out, or list all with ${inlineCode(`/webhook history${endpoint ? ` ${endpoint.name}` : ''}`)}. Refused deliveries are not events: ${inlineCode('/webhook why')} shows them.${gaps ? ` ${gaps}` : ''}`
          : `No event has arrived${endpoint ? ` at ${inlineCode(endpoint.name)}` : ''} yet. ${next}`,
        { data: { events: [] } },
      );
    }
    const kept = {
      ...(endpoint && { endpoint: endpoint.name }),
      ...(words && { words }),
      ...(options.body && { body: options.body }),
      ...(options.state && { state: options.state }),
      ...(options.type && { type: options.type }),
      ...(options.source && { source: options.source }),
      ...(severity && { severity }),
      ...(options.since && { since: `${Math.round(options.since / 1000)}s` }),
    };
    const names = new Map((endpoint ? [] : await view.endpoints()).map(({ id, name }) => [id, name]));
    const handlings = await handling.ofEvents(events);
    const lines = events.map((event) => {
      const known = handlings.get(event.id);
      const people = known && handlingWords(known);
      return `- ${eventLine(event, names.get(event.endpointId))}${people ? ` · ${people}` : ''}`;
    });
    return reply([lines.join('\n'), ...(gaps ? [gaps] : [])].join('\n\n'), {
      title: endpoint ? `Events of ${endpoint.name}` : 'Events',
      actions: [
        ...(found.length > PAGE
          ? [{ label: 'Older', command: 'history', options: { ...kept, before: oldest.id } }]
          : []),
        ...(caller.platform === 'local' ? [] : [{ label: 'Open the page', url: `${publicUrl}/#/events` }]),
      ],
      data: { events, ...(found.length > PAGE && { next: oldest.id }) },
    });
  },
});
