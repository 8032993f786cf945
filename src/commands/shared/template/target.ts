import type { CommandParts } from '../../../core/command/command.ts';
import {
  maySaveTemplate,
  type TemplatePlace,
  type TemplateScopeName,
  templateScopes,
  toKey,
} from '../../../core/command/desks/template-desk.ts';
import { type Caller, owns } from '../../../core/command/permission.ts';
import { AppError, OptionError } from '../../../core/errors.ts';
import type { EventSummary } from '../../../core/event/event.ts';
import { quoted } from '../../../core/message/markdown/inline-code.ts';
import { isSamePlace } from '../../../core/settings/channel.ts';
import type { Endpoint, Route } from '../../../core/settings/endpoint.ts';
import type { TemplateDraft } from '../../../core/settings/template-draft.ts';
import {
  ANY_TYPE,
  isSameTemplate,
  type TemplateKey,
  type TemplateOverride,
  templateName,
} from '../../../core/settings/template-override.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { findPlace } from '../find-place.ts';
import type { TemplateValues } from './options.ts';

/** Which template somebody means, and what they may do with it. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly route: Route | undefined;
  readonly place: TemplatePlace;
  readonly scope: TemplateScopeName;
  readonly key: TemplateKey;
  /** What was changed from chat in this scope, if anything was. */
  readonly override: TemplateOverride | undefined;
  /** Whether the caller may save it, or only propose. */
  readonly maySave: boolean;
  /** Whether the caller may see what is masked in an event's payload, as `/webhook reveal` shows it. */
  mayReveal(event: Pick<EventSummary, 'endpointId'>): boolean;
  /** A word of caution where no event of the type has come yet. */
  readonly caution: string;
}

/** Summaries that are looked at for types. */
const RECENT = 200;

type Wanted = Pick<TemplateValues, 'type' | 'endpoint' | 'for' | 'channel'>;

/** The template somebody means. Throws `OptionError` where that is not clear. */
export async function findTarget(wanted: Wanted, caller: Caller, parts: CommandParts): Promise<Target> {
  if (wanted.type === undefined)
    throw new OptionError('type', 'Say which type of event, such as `push`, or `*` for all of them.', {
      code: 'missing_option',
    });
  const { provider, type } = readType(wanted.type, parts);
  const endpoint = await findEndpointFor({ provider, type, typed: wanted.endpoint }, caller, parts);
  if (provider !== undefined && provider !== endpoint.provider)
    throw new OptionError(
      'type',
      `\`${endpoint.name}\` accepts webhooks from \`${endpoint.provider}\`, not from \`${provider}\`.`,
    );
  const seen = await seenTypes(endpoint, parts);
  const known = [...seen.keys(), ...parts.templates.types(endpoint.provider)];
  const exact = known.find((each) => templateName(each) === templateName(type)) ?? type;
  const place: TemplatePlace = { provider: endpoint.provider, type: exact, endpointId: endpoint.id };
  return atScope(await scopeOf(wanted, { place, endpoint }, caller, parts), {
    endpoint,
    place,
    caller,
    parts,
    caution: cautionOf(exact, { endpoint, seen, known }),
  });
}

/** The template that a draft is written for. Throws `AppError` where its endpoint is gone, or nothing that the caller may know of. */
export async function findDraftTarget(draft: TemplateDraft, caller: Caller, parts: CommandParts): Promise<Target> {
  const endpoint = await parts.view.lookUp(draft.tryOn);
  const route = endpoint?.routes.find(({ id }) => id === draft.routeId);
  if (!endpoint || (draft.routeId && !route)) throw draftGone();
  const scope = draft.routeId ? 'route' : draft.endpointId ? 'endpoint' : 'everyone';
  const place = { provider: draft.provider, type: draft.type, endpointId: endpoint.id };
  const seen = await seenTypes(endpoint, parts);
  const known = [...seen.keys(), ...parts.templates.types(endpoint.provider)];
  const caution = cautionOf(draft.type, { endpoint, seen, known });
  return atScope({ scope, route }, { endpoint, place, caller, parts, caution });
}

export function draftGone(): AppError {
  return new AppError(
    410,
    'draft_gone',
    'This text is no longer kept: it was saved, discarded, or pushed out by later ones. Begin again with `/webhook template edit`.',
  );
}

/** The types of events that came to an endpoint, each with its newest event, the newest first. */
export async function seenTypes(
  { id }: Pick<Endpoint, 'id'>,
  { journal }: Pick<CommandParts, 'journal'>,
): Promise<ReadonlyMap<string, EventSummary>> {
  const seen = new Map<string, EventSummary>();
  for (const event of await journal.events.list({ endpointId: id, limit: RECENT }))
    if (!seen.has(event.type)) seen.set(event.type, event);
  return seen;
}

/** `github/push` names a provider; `orders/create` is a type as it is. */
export function readType(
  typed: string,
  { providers }: Pick<CommandParts, 'providers'>,
): { readonly provider: string | undefined; readonly type: string } {
  const [head = '', rest] = typed.split(/\/(.*)/s);
  return rest && providers.has(head) ? { provider: head, type: rest } : { provider: undefined, type: typed };
}

async function findEndpointFor(
  {
    provider,
    type,
    typed,
  }: { readonly provider: string | undefined; readonly type: string; readonly typed: string | undefined },
  caller: Caller,
  parts: CommandParts,
): Promise<Endpoint> {
  const { view, templates } = parts;
  if (typed !== undefined) return view.find(typed);
  const all = (await view.endpoints()).filter((endpoint) => !provider || endpoint.provider === provider);
  const here = all.filter(({ routes }) => routes.some((route) => isSamePlace(route, caller)));
  const knows = (endpoint: Endpoint) =>
    type === ANY_TYPE || templates.types(endpoint.provider).some((each) => templateName(each) === templateName(type));
  for (const some of [all, here, here.filter(knows), all.filter(knows)])
    if (some.length === 1 && some[0]) return some[0];
  const names = (here.length > 0 ? here : all).map(({ name }) => name);
  if (names.length === 0)
    throw new OptionError(
      'endpoint',
      provider ? `There is no endpoint for \`${provider}\`.` : 'There is no endpoint yet. `/webhook new` makes one.',
      { code: 'not_found', status: 404 },
    );
  const list = names
    .slice(0, 10)
    .map((name) => `\`${name}\``)
    .join(', ');
  throw new OptionError('endpoint', `Say which endpoint, such as \`of ${names[0]}\`. There are ${list}.`, {
    code: 'missing_option',
  });
}

interface AtScope {
  readonly scope: TemplateScopeName;
  readonly route: Route | undefined;
}

/** The scope that was named; else the nearest in which something was changed already; else the endpoint. */
async function scopeOf(
  { for: named, channel }: Wanted,
  { place, endpoint }: { readonly place: TemplatePlace; readonly endpoint: Endpoint },
  caller: Caller,
  parts: CommandParts,
): Promise<AtScope> {
  const here = endpoint.routes.find((route) => isSamePlace(route, caller));
  if (named === 'route' || (named === undefined && channel !== undefined)) {
    const chosen = channel === undefined ? here : undefined;
    if (chosen) return { scope: 'route', route: chosen };
    const found = await findPlace(channel, { caller, field: 'channel' }, parts);
    const route = endpoint.routes.find((each) => isSamePlace(each, found));
    if (route) return { scope: 'route', route };
    throw new OptionError('channel', `\`${endpoint.name}\` does not post in ${quoted(`#${found.channelName}`)}.`, {
      code: 'not_found',
      status: 404,
    });
  }
  const scope = templateScopes.find((each) => each === named);
  if (scope) return { scope, route: here };
  const changed = parts.templates.changed([endpoint.id]).filter(({ source }) => source !== undefined);
  const nearest = templateScopes.find((each) => {
    const key = toKey({ ...place, ...(here && { routeId: here.id }) }, each);
    return (each !== 'route' || here) && changed.some((override) => isSameTemplate(override, key));
  });
  return { scope: nearest ?? 'endpoint', route: here };
}

function atScope(
  { scope, route }: AtScope,
  {
    endpoint,
    place,
    caller,
    parts,
    caution,
  }: {
    readonly endpoint: Endpoint;
    readonly place: TemplatePlace;
    readonly caller: Caller;
    readonly parts: CommandParts;
    readonly caution: string;
  },
): Target {
  const at: TemplatePlace = { ...place, ...(route && { routeId: route.id }) };
  const key = toKey(at, scope);
  return {
    endpoint,
    route,
    place: at,
    scope,
    key,
    override: parts.templates.changed([endpoint.id]).find((override) => isSameTemplate(override, key)),
    maySave: maySaveTemplate(caller, scope, endpoint),
    mayReveal: ({ endpointId }) => caller.role === 'admin' || (endpointId === endpoint.id && owns(caller, endpoint)),
    caution,
  };
}

function cautionOf(
  type: string,
  {
    endpoint,
    seen,
    known,
  }: {
    readonly endpoint: Endpoint;
    readonly seen: ReadonlyMap<string, unknown>;
    readonly known: readonly string[];
  },
): string {
  if (type === ANY_TYPE || seen.has(type)) return '';
  const hint = known.includes(type) ? '' : didYouMean(type, known);
  return `No \`${type}\` event has come to \`${endpoint.name}\` yet.${hint}`;
}
