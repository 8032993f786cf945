import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import { type Caller, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import { AppError, OptionError } from '../core/errors.ts';
import type { Refusal } from '../core/event/refusal.ts';
import { inlineCode, quoted, sentenceMarkdown } from '../core/message/markdown/inline-code.ts';
import { type CommandAction, escapeMarkdown, momentMarkdown } from '../core/message/message.ts';
import type { FoundScheme, SchemeFinding } from '../core/provider/scheme/find-scheme.ts';
import { OWN_SCHEME } from '../core/provider/scheme/scheme-axes.ts';
import type { Endpoint } from '../core/settings/endpoint.ts';
import { endpointUrl } from '../core/settings/endpoint-url.ts';
import { isPending } from '../core/settings/pending.ts';
import { secretOption } from './shared/new-secret.ts';
import {
  describeClock,
  describeDifference,
  describeScheme,
  describeSecret,
  describeTwist,
  describeUnmatched,
  isSameScheme,
} from './shared/scheme/describe-finding.ts';
import { type OwnedSecret, ownedSecrets } from './shared/scheme/owned-secrets.ts';
import { deliveryOption, readPasted } from './shared/scheme/pasted.ts';

export default defineCommand({
  summary: 'Find out how a refused delivery was signed, and by which secret',
  help: `Takes a refused delivery such as \`r12\`, as \`/webhook why\` lists them, or an endpoint, whose latest refused delivery is meant. Without any it takes the latest of all your endpoints.
It tries the endpoint’s secrets, those of your other endpoints, and one that you give with \`secret=\`, with the schemes of all providers and with those a custom scheme can be made of. Where one matches, a button sets the endpoint to it.
Refused deliveries are kept for this for a day, five of each endpoint. \`delivery=\` takes one that you paste instead: headers, an empty line, the body.`,
  examples: ['/webhook identify r12', '/webhook identify api-alerts secret=whsec_…'],
  aliases: ['find-scheme'],
  clicked: true,
  permission: 'member',
  options: {
    event: {
      type: 'string',
      positional: true,
      optional: true,
      complete: 'endpoint',
      label: 'Refused delivery',
      example: 'r12',
      description: 'A refused delivery, or the endpoint that refused it',
    },
    secret: { ...secretOption, description: 'A secret to try besides those of your endpoints' },
    delivery: deliveryOption,
    ask: { type: 'flag', optional: true, description: 'Ask for a secret to try' },
  },
  asks: ({ ask }) => ask === 'true',

  async run({ options, caller }, parts) {
    if (options.ask && !options.secret) return askForSecret(options.event);
    const subject = options.delivery
      ? await pasted(options.delivery, options.event, caller, parts)
      : await refused(options.event, caller, parts);
    if ('message' in subject) return subject;
    const { endpoint, deliveries, url } = subject;
    const secrets = await ownedSecrets({ typed: options.secret, endpoint }, caller, parts);
    const finding = await findFirst(deliveries, { secrets, url }, parts);
    return finding.found.length
      ? describeFound({ ...subject, finding, secrets }, caller, parts)
      : describeNone({ ...subject, finding, secrets });
  },
});

interface Subject {
  readonly endpoint: Endpoint | undefined;
  readonly refusal?: Refusal;
  /** The delivery, with each body it may have had. */
  readonly deliveries: readonly Delivery[];
  readonly url: string;
}

async function pasted(text: string, event: string | undefined, caller: Caller, parts: CommandParts): Promise<Subject> {
  const endpoint = event === undefined ? undefined : await parts.view.find(event);
  if (endpoint) checkOwner(endpoint, caller);
  const url = endpoint ? endpointUrl(parts.publicUrl, endpoint) : `${parts.publicUrl}/in/`;
  return { endpoint, url, deliveries: readPasted(text, parts, url) };
}

async function refused(event: string | undefined, caller: Caller, parts: CommandParts): Promise<Subject | Reply> {
  const { view, journal, publicUrl } = parts;
  const refusal = await findRefusal(event, caller, parts);
  if ('message' in refusal) return refusal;
  const endpoint = await view.lookUp(refusal.endpointId);
  if (!endpoint)
    throw new AppError(
      410,
      'endpoint_gone',
      `The endpoint that refused ${inlineCode(`r${refusal.id}`)} was deleted, and what was kept of it is gone too. \`/webhook identify delivery=…\` takes a delivery that you paste.`,
    );
  checkOwner(endpoint, caller);
  const proof = await journal.refusals.proof(refusal.id);
  if (!proof)
    throw new AppError(
      409,
      'not_kept',
      `This delivery is not kept with its signature any more: the latest five of an endpoint are, for a day, up to 256 KB each. Have the sender deliver again, or paste the delivery with \`/webhook identify ${endpoint.name} delivery=…\`.`,
    );
  return { endpoint, refusal, deliveries: [proof], url: endpointUrl(publicUrl, endpoint) };
}

async function findRefusal(event: string | undefined, caller: Caller, parts: CommandParts): Promise<Refusal | Reply> {
  const { view, journal } = parts;
  const id = /^r(\d{1,15})$/i.exec(event ?? '')?.[1];
  const byId = id && (await journal.refusals.get(id));
  if (byId) return byId;
  const named = event === undefined ? undefined : await view.lookUp(event);
  const kept =
    event !== undefined && /^#?\d{1,18}$/.test(event) ? await journal.events.get(event.replace('#', '')) : undefined;
  if (kept && !named)
    return reply(
      `Event ${inlineCode(kept.id)} was not refused: ${kept.verification?.secretId ? 'it was verified, so its scheme is the right one' : 'its endpoint takes deliveries without a signature. To find out how its sender signs, paste a delivery with `/webhook identify delivery=…`'}.`,
      { actions: [{ label: 'Why', command: 'why', options: { event: kept.id } }], data: { code: 'not_refused' } },
    );
  if (event !== undefined && !named)
    throw new OptionError(
      'event',
      `There is no refused delivery ${quoted(event)}. \`/webhook why <endpoint>\` lists those of an endpoint, such as \`r12\`.`,
      { code: 'not_found', status: 404 },
    );
  if (named) checkOwner(named, caller);
  const own = named ? [named] : (await view.endpoints()).filter((endpoint) => owns(caller, endpoint));
  const ids = (await Promise.all(own.map(async (endpoint) => (await journal.refusals.proven(endpoint.id))[0]))).filter(
    (each) => each !== undefined,
  );
  const latest = ids.toSorted((a, b) => Number(b) - Number(a))[0];
  const found = latest === undefined ? undefined : await journal.refusals.get(latest);
  if (found) return found;
  return reply(
    named
      ? `${inlineCode(named.name)} refused no delivery in the last day.`
      : 'None of your endpoints refused a delivery in the last day.',
    { title: 'Nothing to identify', data: { code: 'not_found' } },
  );
}

function checkOwner(endpoint: Endpoint, caller: Caller): void {
  if (!owns(caller, endpoint))
    throw new AppError(
      403,
      'forbidden',
      `Only an owner of \`${endpoint.name}\` or an admin may find out how its deliveries are signed.`,
    );
}

/** Of several readings of what was pasted, the first that a scheme accepts. */
async function findFirst(
  deliveries: readonly Delivery[],
  { secrets, url }: { readonly secrets: readonly OwnedSecret[]; readonly url: string },
  { schemes }: CommandParts,
): Promise<SchemeFinding> {
  let best: SchemeFinding | undefined;
  for (const delivery of deliveries) {
    const finding = await schemes.find({ delivery, secrets: secrets.map(({ value }) => value), url });
    if (finding.found.some(({ twist }) => !twist)) return finding;
    if (!best?.found.length) best = finding;
  }
  return best ?? { found: [], alike: [], proofs: [], complete: true };
}

interface Answer extends Subject {
  readonly finding: SchemeFinding;
  readonly secrets: readonly OwnedSecret[];
}

const MOST_NAMED = 4;

function describeFound({ endpoint, refusal, finding, secrets }: Answer, caller: Caller, parts: CommandParts): Reply {
  const { schemes, providers } = parts;
  const [best] = finding.found;
  if (!best) throw new Error('nothing was found');
  const secret = best.secret === undefined ? undefined : secrets[best.secret];
  const isAccepted = best.twist === undefined && best.off === undefined;
  const alternatives = finding.found.filter(
    ({ twist, off, provider, secret: other }) =>
      twist === best.twist && off === best.off && provider !== best.provider && other === best.secret,
  );
  const others = alternatives.filter(({ provider }) => provider !== OWN_SCHEME);
  const ours = endpoint && secret?.endpoint?.id === endpoint.id;
  const isSet = endpoint !== undefined && isSameScheme(endpoint, best);
  const kind = endpoint && providers.get(endpoint.provider)?.signature.kind;
  const difference = endpoint && ours && !isSet ? describeDifference(endpoint, best, kind) : undefined;
  const lines = [
    refusal && `Refused ${momentMarkdown(refusal.at)}: ${sentenceMarkdown(refusal.reason)}.`,
    best.off !== undefined && describeClock(best.off),
    best.twist !== undefined && describeTwist(best.twist),
    `${describeScheme(best)} ${describeSecret(secret, endpoint)}`,
    difference,
    best.provider !== OWN_SCHEME &&
      others.length > 0 &&
      `So do ${others
        .slice(0, MOST_NAMED)
        .map(({ title }) => escapeMarkdown(title))
        .join(', ')}${others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : ''}.`,
    isAccepted && isSet && ours && 'That is how this endpoint is set, so it would be accepted now.',
    best.covers.length === 0 && isAccepted && 'The secret itself is sent: it vouches for the sender, not for the body.',
  ];
  return reply(lines.filter((line) => line).join('\n\n'), {
    title: isAccepted ? 'The scheme is found' : 'Nearly the right scheme',
    severity: isAccepted ? 'good' : 'warning',
    actions: endpoint && !best.twist ? toActions(best, alternatives) : [],
    data: {
      found: finding.found.map(({ provider, options, secret: index, twist, off }) => ({
        provider,
        options,
        secretOf: index === undefined ? null : (secrets[index]?.endpoint?.name ?? 'given'),
        ...(twist && { twist }),
        ...(off !== undefined && { off }),
      })),
    },
  });

  function toActions(first: FoundScheme, more: readonly FoundScheme[]): readonly CommandAction[] {
    const [second] = more;
    return [
      ...(isSet && ours ? [] : [toAction(first, 'primary')]),
      ...(second && !(endpoint && isSameScheme(endpoint, second)) ? [toAction(second)] : []),
      ...(endpoint ? [{ label: 'Show', command: 'show', options: { endpoint: endpoint.name } }] : []),
    ];
  }

  function toAction(scheme: FoundScheme, style?: 'primary'): CommandAction {
    const { id = '', name = '' } = endpoint ?? {};
    const value = scheme.secret === undefined ? undefined : secrets[scheme.secret]?.value;
    const found = schemes.propose(
      { endpointId: id, provider: scheme.provider, options: scheme.options, ...(value && { secret: value }) },
      caller,
    );
    const same = endpoint !== undefined && isSameScheme(endpoint, scheme);
    const label = same
      ? 'Take this secret'
      : scheme.provider === OWN_SCHEME
        ? 'Use this scheme'
        : `Make it a ${scheme.title} endpoint`;
    // A pending endpoint takes in what it holds along with its sender.
    const command = endpoint && isPending(endpoint) ? 'sender' : 'scheme';
    return { label, command, options: { endpoint: name, found }, ...(style && { style }) };
  }
}

function describeNone({ endpoint, refusal, finding, secrets }: Answer): Reply {
  const lines = [
    refusal && `Refused ${momentMarkdown(refusal.at)}: ${sentenceMarkdown(refusal.reason)}.`,
    describeUnmatched(finding, secrets.length),
  ];
  const event = refusal ? `r${refusal.id}` : endpoint?.name;
  return reply(lines.filter((line) => line).join('\n\n'), {
    title: 'No scheme matches',
    severity: 'warning',
    actions: [
      {
        label: 'Try a secret',
        command: 'identify',
        options: { ...(event && { event }), ask: 'true' },
        style: 'primary',
      },
      ...(endpoint ? [{ label: 'Show', command: 'show', options: { endpoint: endpoint.name } }] : []),
    ],
    data: {
      code: 'no_match',
      alike: finding.alike.map(({ provider }) => provider),
      proofs: finding.proofs,
    },
  });
}

function askForSecret(event: string | undefined): Reply {
  return reply('Give a secret to try. It is not kept unless you set the endpoint to it.', {
    form: {
      command: 'identify',
      title: 'Try a secret',
      ask: ['secret', ...(event ? [] : ['delivery'])],
      options: event ? { event } : {},
      submit: 'Try',
    },
    data: { code: 'missing_option', field: 'secret' },
  });
}
