import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { OptionError } from '../core/errors.ts';
import { inlineCode } from '../core/message/markdown/inline-code.ts';
import type { Markdown } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { DAY, describeDuration, describeInterval, MINUTE } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';

const SHORTEST = MINUTE;
const LONGEST = 90 * DAY;

export default defineCommand({
  summary: 'Say how often an endpoint delivers, so that its channels hear when it falls silent',
  help: 'Bellhop learns how often an endpoint delivers by itself, by the hour of the week, and says nothing before it has seen enough: two weeks of a regular rhythm, or else three weeks and a hundred deliveries. With `every` you say it yourself; a notice is then posted after one and a half times as long. `learned` goes back to what is learned, and `never` posts no notice of this endpoint.',
  examples: [
    '/webhook expect api-alerts every 1h',
    '/webhook expect api-alerts learned',
    '/webhook expect api-alerts never',
    '/webhook expect api-alerts',
  ],
  aliases: ['expects'],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    how: {
      type: 'string',
      positional: true,
      optional: true,
      choices: ['learned', 'never'],
      example: 'learned',
      description: 'Go back to what is learned, or never post a notice',
    },
    every: {
      type: 'duration',
      keyword: 'every',
      optional: true,
      complete: 'duration',
      example: '1h',
      description: 'How often it delivers at least',
    },
  },

  async run({ options }, { view, changes, silences }) {
    const known = await view.find(options.endpoint);
    const { every, how } = options;
    if (every !== undefined && how !== undefined)
      throw new OptionError('how', `Say either \`every\` or \`${how}\`, not both.`);
    if (every !== undefined && (every < SHORTEST || every > LONGEST))
      throw new OptionError('every', 'It can be from `1m` to `90d`, such as `every 1h`.');
    const expect = how === 'never' ? 0 : every;
    const endpoint =
      every === undefined && how === undefined
        ? known
        : await changes.settings((current) => {
            const { expect: before, ...rest } = endpointNow(current, known);
            const after: Endpoint = { ...rest, ...(expect !== undefined && { expect }) };
            return {
              change: {
                action: 'expect',
                endpointId: after.id,
                detail: `${after.name}: deliveries are expected ${wordsFor(expect)}`,
                before: wordsFor(before),
                after: wordsFor(expect),
              },
              settings: withEndpoint(current, after),
              result: after,
            };
          });
    const rhythm = await silences.rhythm(endpoint);
    return reply(describe(endpoint, rhythm?.usual), {
      severity: endpoint === known ? 'info' : 'good',
      actions: [
        ...(endpoint.expect === undefined
          ? []
          : [{ label: 'Learn it', command: 'expect', options: { endpoint: endpoint.id, how: 'learned' } }]),
        ...(endpoint.expect === 0
          ? []
          : [{ label: 'Never notify', command: 'expect', options: { endpoint: endpoint.id, how: 'never' } }]),
      ],
      data: { expect: endpoint.expect ?? null, usual: rhythm?.usual ?? null },
    });
  },
});

function wordsFor(expect: number | undefined): string {
  if (expect === undefined) return 'at the learned rhythm';
  return expect === 0 ? 'never' : describeInterval(expect);
}

function describe({ name, expect }: Endpoint, usual: number | undefined): Markdown {
  const endpoint = inlineCode(name);
  if (expect === 0) return `No notice is posted when ${endpoint} falls silent.`;
  if (expect !== undefined)
    return `${endpoint} is expected to deliver ${describeInterval(expect)}. When it does not, its channels get one notice.`;
  return usual === undefined
    ? `How often ${endpoint} delivers is not known yet: that takes two weeks of a regular rhythm, or else three weeks and a hundred deliveries. Until then no notice is posted when it falls silent. Set it yourself with ${inlineCode(`/webhook expect ${name} every 1h`)}.`
    : `${endpoint} usually delivers again within ${describeDuration(usual)} at this time of the week. When it is silent for longer than is usual, its channels get one notice.`;
}
