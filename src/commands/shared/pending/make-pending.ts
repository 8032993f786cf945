import type { CommandParts, Reply } from '../../../core/command/command.ts';
import { type Caller, personOf } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { SHORTEST_SECRET } from '../../../core/message/markdown/typed-word.ts';
import { escapeMarkdown } from '../../../core/message/message.ts';
import { placeLabel } from '../../../core/settings/channel.ts';
import { describeReach } from '../../../core/settings/describe-reach.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import { endpointUrl } from '../../../core/settings/endpoint-url.ts';
import { newId, newToken } from '../../../core/settings/ids.ts';
import { isPending, PENDING, PENDING_FOR } from '../../../core/settings/pending.ts';
import { describeDuration } from '../../../core/text/duration.ts';
import { checkNameIsFree, freeName, parseEndpointName } from '../endpoint-name.ts';
import { describePlace, findPlace } from '../find-place.ts';
import { toReachActions } from '../reach-actions.ts';
import { pendingActions } from './actions.ts';

/** What it is called until somebody gives it another name. */
const NAME = 'incoming';
/** Pending endpoints of one person: each may hold deliveries of whoever has its URL. */
const MOST = 10;

export interface PendingWish {
  readonly in?: string | undefined;
  readonly as?: string | undefined;
  readonly secret?: string | undefined;
  readonly delivery?: string | undefined;
  readonly choices?: Readonly<Record<string, string>> | undefined;
}

/** Makes an endpoint whose sender nobody has named. */
export async function makePending(wish: PendingWish, caller: Caller, parts: CommandParts): Promise<Reply> {
  const { changes, platforms, clock, publicUrl, address } = parts;
  const option = wish.delivery ? 'delivery' : Object.keys(wish.choices ?? {})[0];
  if (option)
    throw new OptionError(
      'provider',
      `\`${option}=\` belongs to a provider: say which, such as \`/webhook new custom\`, or leave it out.`,
      { code: 'missing_option' },
    );
  const secret = wish.secret?.trim();
  if (secret !== undefined && (secret.length < SHORTEST_SECRET || secret.length > 1000))
    throw new OptionError(
      'secret',
      `A secret has ${SHORTEST_SECRET} to 1000 characters; this one has ${secret.length}.`,
    );
  const place = await findPlace(wish.in, { caller, field: 'in' }, parts);
  const wanted = wish.as && parseEndpointName(wish.as, 'as');
  const owner = personOf(caller);
  const createdAt = clock.now().toISOString();
  const base: Omit<Endpoint, 'name'> = {
    id: newId(),
    provider: PENDING,
    token: newToken(),
    secrets: secret ? [{ id: newId(), value: secret, createdAt }] : [],
    options: {},
    routes: [{ id: newId(), ...place }],
    owners: [owner],
    createdAt,
  };
  const endpoint = await changes.settings((current) => {
    if (wanted) checkNameIsFree(current, wanted, 'as');
    const waiting = current.endpoints.filter((each) => isPending(each) && each.owners.includes(owner));
    if (waiting.length >= MOST)
      throw new OptionError(
        'provider',
        `${MOST} of your endpoints wait for somebody to say who sends to them. Say it for one of them, such as \`/webhook sender ${waiting[0]?.name}\`, or delete it.`,
        { code: 'too_many_pending', status: 409 },
      );
    const made: Endpoint = { ...base, name: wanted || freeName(current, NAME) };
    return {
      change: {
        action: 'new',
        endpointId: made.id,
        detail: `made ${made.name} for whoever sends first, to ${placeLabel(place)}`,
      },
      settings: { ...current, endpoints: [...current.endpoints, made] },
      result: made,
    };
  });
  const { id, name, routes } = endpoint;
  const url = endpointUrl(publicUrl, endpoint);
  const reach = await describeReach(address);
  const where = escapeMarkdown(describePlace(place, caller, platforms));
  return reply(
    [
      `${inlineCode(name)} is ready, and waits for its first delivery: what comes is held, and nothing is posted in ${where} until you say who sends it.`,
      `**URL** ${inlineCode(url)}${secret ? '\n**Secret** the one you gave; it is kept encrypted.' : ''}`,
      `1. Paste the URL where the webhooks come from, and have it send one.\n2. Bellhop says in ${where} who it looks like. Confirm it with a button, and see before what its message would be.`,
      `A sender that first asks whether the URL is yours gets no answer yet: its question shows who it is. The endpoint is deleted if nobody says who sends within ${describeDuration(PENDING_FOR)}.`,
      ...(reach ? [reach.text] : []),
      'Keep the URL secret: anybody who has it can try to deliver. Only you can see this message.',
    ].join('\n\n'),
    {
      severity: 'info',
      actions: [...pendingActions(endpoint), ...toReachActions(reach, caller)],
      data: { endpoint: { id, name, provider: PENDING, url, secret: null, routes, createdAt }, pending: true },
    },
  );
}
