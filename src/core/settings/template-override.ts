/** Where a template that was changed from chat counts: on one route, at one endpoint, or, with neither, for everybody. */
export interface TemplateScope {
  readonly endpointId?: string;
  readonly routeId?: string;
}

/** Which template is meant: what makes messages of a provider's events of one type, somewhere. */
export interface TemplateKey extends TemplateScope {
  readonly provider: string;
  /** `*` for every type that has no template of its own in the same scope. */
  readonly type: string;
}

/** A template's text as somebody saved it. */
export interface TemplateRevision {
  /** Counted from 1. */
  readonly revision: number;
  /** Absent where it was reset: then the next best template counts. */
  readonly source?: string;
  /** What people call whoever saved it. */
  readonly by?: string;
  /** ISO 8601. */
  readonly at?: string;
  /** The revision that it brought back; 0 for what was there before the first one. */
  readonly restores?: number;
}

/** A template somebody wrote in place of the one that came with Bellhop, and what it was before. Whoever writes it by hand gives key and source. */
export interface TemplateOverride extends TemplateKey, Partial<TemplateRevision> {
  /** What it was before, newest first: as much as `HISTORY` says. */
  readonly earlier?: readonly TemplateRevision[];
}

export const ANY_TYPE = '*';

/** How much of what a template was before is kept. */
const HISTORY = { revisions: 20, characters: 65_536 } as const;

/** An event type as templates are named: `orders/create` is `orders.create`. */
export function templateName(type: string): string {
  return type.replace(/[/:]/g, '.');
}

export function isSameTemplate(a: TemplateKey, b: TemplateKey): boolean {
  return (
    a.provider === b.provider &&
    templateName(a.type) === templateName(b.type) &&
    a.endpointId === b.endpointId &&
    a.routeId === b.routeId
  );
}

/** The changed templates for an event, the best first: the route's own, then the endpoint's, then everybody's, each by its type and then by `*`. */
export function overridesFor(
  templates: readonly TemplateOverride[],
  { provider, type, endpointId, routeId }: TemplateKey,
): readonly (TemplateOverride & { readonly source: string })[] {
  const name = templateName(type);
  const mine = templates.filter((each) => each.provider === provider && each.source !== undefined);
  const scopes: readonly ((each: TemplateOverride) => boolean)[] = [
    (each) => routeId !== undefined && each.routeId === routeId,
    (each) => endpointId !== undefined && each.endpointId === endpointId && each.routeId === undefined,
    (each) => each.endpointId === undefined && each.routeId === undefined,
  ];
  return scopes.flatMap((counts) =>
    [name, ANY_TYPE]
      .flatMap((wanted) => mine.find((each) => counts(each) && templateName(each.type) === wanted) ?? [])
      .filter((each, index, all) => all.indexOf(each) === index)
      .flatMap((each) => (each.source === undefined ? [] : [{ ...each, source: each.source }])),
  );
}

/** What a template is now and was before, newest first. */
export function revisionsOf(override: TemplateOverride): readonly TemplateRevision[] {
  const { revision = 1, source, by, at, restores, earlier = [] } = override;
  const now: TemplateRevision = {
    revision,
    ...(source !== undefined && { source }),
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at }),
    ...(restores !== undefined && { restores }),
  };
  return [now, ...earlier];
}

/** What undoing the latest change brings back: the revision before it, or before the one that it brought back itself. */
export function undoneBy(override: TemplateOverride): TemplateRevision | undefined {
  const all = revisionsOf(override);
  const [now] = all;
  const from = now?.restores ?? now?.revision ?? 0;
  const before = all.find(({ revision }) => revision < from);
  if (before) return before;
  // Where older revisions are no longer kept, nobody knows what was there before.
  return from > 0 && all.at(-1)?.revision === 1 ? { revision: 0 } : undefined;
}

/** The templates with one more revision of one of them. Without a `source` it is reset. */
export function withRevision(
  templates: readonly TemplateOverride[],
  { provider, type, endpointId, routeId }: TemplateKey,
  change: Omit<TemplateRevision, 'revision'>,
): { readonly templates: readonly TemplateOverride[]; readonly override: TemplateOverride } {
  const key: TemplateKey = { provider, type, ...(endpointId && { endpointId }), ...(routeId && { routeId }) };
  const before = templates.find((each) => isSameTemplate(each, key));
  const earlier = before ? bounded(revisionsOf(before)) : [];
  const revision = (earlier[0]?.revision ?? 0) + 1;
  const override: TemplateOverride = {
    ...key,
    ...(before && { type: before.type }),
    ...change,
    revision,
    ...(earlier.length > 0 && { earlier }),
  };
  return { override, templates: [...templates.filter((each) => each !== before), override] };
}

function bounded(revisions: readonly TemplateRevision[]): readonly TemplateRevision[] {
  let characters = 0;
  return revisions.slice(0, HISTORY.revisions).filter(({ source = '' }, index) => {
    characters += source.length;
    return index === 0 || characters <= HISTORY.characters;
  });
}
