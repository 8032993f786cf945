import { type CommandParts, defineCommand } from '../core/command/command.ts';
import type { Recovered } from '../core/command/desks/recovery-desk.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { type Markdown, momentMarkdown } from '../core/message/message.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointNow, withEndpoint } from '../core/settings/endpoint-lookup.ts';
import { DAY, parseDuration } from '../core/text/duration.ts';
import { endpointOption } from './shared/endpoint-option.ts';
import { providerOf } from './shared/provider-of.ts';

/** How far back is looked where nothing else is known. */
const USUAL_SPAN = 3 * DAY;
const REASONS = 5;

export default defineCommand({
  summary: 'Fetch failed deliveries from the provider and process them as if they had arrived',
  help: 'For GitHub. It needs a token for the provider’s API, which is kept sealed until `forget`. It looks back to when the endpoint fell silent, or three days, which is as long as GitHub keeps deliveries. What is already in the journal is not processed twice.',
  examples: [
    '/webhook recover api-alerts',
    '/webhook recover api-alerts since=6h',
    '/webhook recover api-alerts source=acme/api',
    '/webhook recover api-alerts forget',
  ],
  permission: 'owner',
  options: {
    endpoint: endpointOption,
    token: {
      type: 'string',
      optional: true,
      example: 'github_pat_…',
      description: 'A token for the provider’s API; kept sealed',
      secret: true,
    },
    since: {
      type: 'string',
      optional: true,
      example: '6h',
      description: 'How far back; when left out, to when it fell silent, or 3 days',
    },
    source: {
      type: 'string',
      optional: true,
      example: 'acme/api',
      description: 'Where the webhook is set up; needed if no event shows it',
    },
    forget: { type: 'flag', optional: true, description: 'Forget the token' },
  },

  async run({ options }, parts) {
    const { view, changes, recovery, providers } = parts;
    const known = await view.find(options.endpoint);
    const { title, anybody } = providerOf(known, providers);
    const about = recovery.about(known.provider);
    if (!about)
      throw new AppError(
        409,
        'no_recovery',
        `${anybody ? `Whoever sends to \`${known.name}\`` : title} cannot be asked for deliveries that failed. Have them sent again from there.`,
      );
    if (options.forget) {
      await saveToken(known, undefined, parts);
      return reply(`The token of ${inlineCode(known.name)} for ${title} is forgotten.`, { severity: 'good' });
    }
    const token = options.token ?? known.apiToken;
    if (token === undefined)
      return reply(
        `Fetching what failed needs a token for ${title}: ${about.token}. It is kept sealed; ${inlineCode(`/webhook recover ${known.name} forget`)} removes it.`,
        {
          form: {
            command: 'recover',
            title: 'Recover deliveries',
            ask: ['token', 'since', 'source'],
            options: { endpoint: known.id },
            submit: 'Recover',
          },
          data: { code: 'missing_option', field: 'token' },
        },
      );
    const since = await sinceOf(known, options.since, parts);
    const found = await changes.record(
      { action: 'recover', endpointId: known.id, detail: `fetched what ${title} could not deliver to ${known.name}` },
      () => recovery.recover(known, { since, token, place: options.source }),
    );
    // A token is kept once it has worked.
    if (options.token !== undefined && options.token !== known.apiToken) await saveToken(known, options.token, parts);
    return reply(describe(found, { title, since }), {
      severity: found.refused.length ? 'warning' : 'good',
      actions: [
        ...(found.partial
          ? [{ label: 'Go on', command: 'recover', options: { endpoint: known.id, since: since.toISOString() } }]
          : []),
        { label: 'History', command: 'history', options: { endpoint: known.id } },
      ],
      data: { ...found, since: since.toISOString() },
    });
  },
});

async function sinceOf(
  { id }: Endpoint,
  typed: string | undefined,
  { clock, silences }: Pick<CommandParts, 'clock' | 'silences'>,
): Promise<Date> {
  const now = clock.now().getTime();
  if (typed === undefined) return (await silences.silentSince(id)) ?? new Date(now - USUAL_SPAN);
  const moment = /^\d{4}-\d\d-\d\dT/.test(typed) ? Date.parse(typed) : now - (parseDuration(typed) ?? Number.NaN);
  if (moment <= now) return new Date(moment);
  throw new OptionError('since', 'Write `since` as a length of time, such as `since=6h`.');
}

function saveToken(known: Endpoint, token: string | undefined, { changes }: Pick<CommandParts, 'changes'>) {
  return changes.settings((current) => {
    const { apiToken: _, ...rest } = endpointNow(current, known);
    const after: Endpoint = { ...rest, ...(token !== undefined && { apiToken: token }) };
    return {
      change: {
        action: 'recover',
        endpointId: after.id,
        detail: token === undefined ? `forgot the token of ${after.name}` : `gave ${after.name} a token`,
      },
      settings: withEndpoint(current, after),
      result: after,
    };
  });
}

function describe(
  { failed, taken, known, refused, partial }: Recovered,
  { title, since }: { readonly title: string; readonly since: Date },
): Markdown {
  const from = momentMarkdown(since);
  if (failed === 0) return `${title} lists no failed delivery since ${from}.`;
  return [
    `${title} lists ${failed.toLocaleString('en')} failed ${failed === 1 ? 'delivery' : 'deliveries'} since ${from}: ${taken} ${taken === 1 ? 'was' : 'were'} fetched now${known ? `, ${known} ${known === 1 ? 'was' : 'were'} already in the journal` : ''}.`,
    ...(refused.length
      ? [
          `${countOf(refused.length)} could not be taken:\n${refused
            .slice(0, REASONS)
            .map(({ id, reason }) => `- ${inlineCode(id)}: ${sentenceMarkdown(reason)}`)
            .join('\n')}`,
        ]
      : []),
    ...(partial ? ['There are more: **Go on** fetches them.'] : []),
  ].join('\n\n');
}

function countOf(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'delivery' : 'deliveries'}`;
}
