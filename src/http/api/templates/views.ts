import {
  maySaveTemplate,
  type TemplateDesk,
  type TemplateFinding,
  type TemplatePlace,
  type TemplateScopeName,
  type TemplateText,
  templateScopes,
} from '../../../core/command/desks/template-desk.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { Endpoint } from '../../../core/settings/endpoint.ts';
import type { TemplateKey, TemplateRevision } from '../../../core/settings/template-override.ts';

export function toOriginView(origin: TemplateText['origin']) {
  if (origin.kind === 'own' || origin.kind === 'shipped') return { kind: origin.kind, file: origin.name };
  if (origin.kind !== 'changed') return { kind: 'generic' as const };
  const { routeId, endpointId, type, revision = 1, by, at } = origin.override;
  const scope = templateScopes[routeId ? 0 : endpointId ? 1 : 2] ?? 'everyone';
  return { kind: 'changed' as const, scope, type, revision, ...(by && { by }), ...(at && { at }) };
}

export function toRevisionView({ revision, source: text, by, at, restores }: TemplateRevision) {
  return {
    revision,
    source: text ?? null,
    ...(by !== undefined && { by }),
    ...(at !== undefined && { at }),
    ...(restores !== undefined && { restores }),
  };
}

export function toFindingView({ end, ...finding }: TemplateFinding) {
  return { ...finding, ...(end && { end: { ...end } }) };
}

interface TextPlace {
  readonly endpoint: Endpoint;
  readonly scope: TemplateScopeName;
  readonly place: TemplatePlace;
  readonly key: TemplateKey;
}

/** A text as it counts at a place, the version to save upon, and whether the caller may save it. */
export function toTextView(
  { endpoint, scope, key, place }: TextPlace,
  caller: Caller,
  templates: Pick<TemplateDesk, 'inForce' | 'version'>,
) {
  const { origin, source } = templates.inForce(key);
  const maySave = maySaveTemplate(caller, scope, endpoint);
  return { source, origin: toOriginView(origin), version: templates.version(place), maySave };
}
