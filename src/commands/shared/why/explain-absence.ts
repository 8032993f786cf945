import type { CommandParts, Reply } from '../../../core/command/command.ts';
import { type Caller, owns } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import { eventLine } from '../../../core/event/event-line.ts';
import { inlineCode, quoted } from '../../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../../core/message/message.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { testActions } from '../test-action.ts';
import { CHECKS } from './arrival.ts';
import { explainHeld } from './explain-held.ts';
import { describeRefusal, findActions, SIGNATURE_ADVICE } from './refused.ts';

const REFUSALS = 5;
const ENDPOINTS = 5;

/** Says what may be the reason that there is no such event, or none that was posted in the caller's channel. */
export async function explainAbsence(
  what: string | undefined,
  { caller, parts }: { readonly caller: Caller; readonly parts: CommandParts },
): Promise<Reply> {
  const { view, journal, pending, samples } = parts;
  const endpoints = await view.endpoints();
  const named = what === undefined ? undefined : await view.lookUp(what);
  const here = endpoints.filter(({ routes }) => routes.some((route) => isSamePlace(route, caller)));
  const meant = named ? [named] : what === undefined ? here : endpoints;
  const own = meant.filter((endpoint) => owns(caller, endpoint));
  const refusals = (await Promise.all(own.map(({ id }) => journal.refusals.list({ endpointId: id, limit: REFUSALS }))))
    .flat()
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, REFUSALS);
  const held = named && own.length ? await pending.count(named.id) : 0;
  if (named && held) return explainHeld(named, held);
  const nameOf = (id: string) => endpoints.find((endpoint) => endpoint.id === id)?.name ?? id;
  const first = named
    ? `${inlineCode(named.name)} has no event in the journal.`
    : what === undefined
      ? await describeHere(here, parts)
      : `Nothing in the journal matches ${quoted(what)}: it never arrived, was refused, or was too old to be kept.`;
  const isAnswered = what === undefined && (here.length === 0 || refusals.length === 0);
  const body = isAnswered
    ? []
    : refusals.length
      ? [
          `The latest refused deliveries:\n${refusals.map((refusal) => describeRefusal(refusal, nameOf(refusal.endpointId))).join('\n')}`,
          SIGNATURE_ADVICE,
        ]
      : [
          own.length
            ? 'No delivery was refused either, so the provider has not reached the URL.'
            : 'Only an endpoint’s owners see its refused deliveries.',
          CHECKS,
        ];
  return reply([first, ...body].join('\n\n'), {
    title: 'Why',
    severity: refusals.length ? 'warning' : 'info',
    actions: [
      ...findActions(refusals),
      ...(what === undefined
        ? here
            .slice(0, ENDPOINTS)
            .map(({ id, name }) => ({ label: `Why not ${name}`, command: 'why-not', options: { endpoint: id } }))
        : []),
      ...(named ? testActions(named, { samples }) : [{ label: 'Endpoints', command: 'list', options: {} }]),
    ],
    data: {
      code: 'not_found',
      refusals: refusals.map(({ id, endpointId, at, reason, status }) => ({
        id,
        endpoint: nameOf(endpointId),
        at,
        reason,
        status,
      })),
    },
  });
}

/** The endpoints with a route to a channel where nothing was posted, each with its last event. */
async function describeHere(here: readonly Endpoint[], { journal }: Pick<CommandParts, 'journal'>): Promise<Markdown> {
  const none = 'Bellhop has posted no event in this channel lately.';
  if (here.length === 0)
    return `${none} No endpoint has a route to this channel: \`/webhook new\` makes one, \`/webhook route\` adds this channel to another.`;
  const lines = await Promise.all(
    here.slice(0, ENDPOINTS).map(async ({ id, name }) => {
      const [last] = await journal.events.list({ endpointId: id, limit: 1 });
      return `- ${inlineCode(name)}: ${last ? eventLine(last) : 'nothing has arrived'}`;
    }),
  );
  return `${none} Endpoints with a route to this channel:\n${lines.join('\n')}`;
}
