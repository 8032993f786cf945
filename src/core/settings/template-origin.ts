import { type TemplateOverride, templateName } from './template-override.ts';

/** Where a template comes from: a text that is tried, one that was changed from chat, a file, or none at all. */
export type TemplateOrigin =
  | { readonly kind: 'draft' }
  | { readonly kind: 'changed'; readonly override: TemplateOverride }
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'shipped'; readonly name: string }
  | { readonly kind: 'generic' };

/** A template in words: `templates/github/push.hbs`, or `github/push for everyone, revision 2`. */
export function describeOrigin(origin: TemplateOrigin): string {
  if (origin.kind === 'draft') return 'the text that is tried';
  if (origin.kind === 'generic') return 'generic';
  if (origin.kind !== 'changed') return origin.name;
  const { override } = origin;
  const where = override.routeId ? 'this channel' : override.endpointId ? 'this endpoint' : 'everyone';
  return `${override.provider}/${templateName(override.type)} for ${where}, revision ${override.revision ?? 1}`;
}
