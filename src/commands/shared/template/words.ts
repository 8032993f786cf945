import type { CommandParts } from '../../../core/command/command.ts';
import type { TemplateFinding, TemplateScopeName } from '../../../core/command/desks/template-desk.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { inlineCode, sentenceMarkdown } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import type { TemplateOrigin } from '../../../core/settings/template-origin.ts';
import { type TemplateKey, type TemplateRevision, templateName } from '../../../core/settings/template-override.ts';
import { describePlace } from '../find-place.ts';
import type { Target } from './target.ts';
import type { TryOut } from './try-out.ts';

/** `github/push`. */
export function nameOf({ provider, type }: Pick<TemplateKey, 'provider' | 'type'>): string {
  return `${provider}/${templateName(type)}`;
}

/** Where a template counts: `in #ops`, `for api`, `for everyone`. */
export function describeScope(
  { scope, route, endpoint }: Pick<Target, 'scope' | 'route' | 'endpoint'>,
  reader: Pick<Caller, 'platform'>,
  platforms: CommandParts['platforms'],
): string {
  if (scope === 'everyone') return 'for everyone';
  if (scope === 'endpoint' || !route) return `for ${endpoint.name}`;
  return `for ${endpoint.name} in ${describePlace(route, reader, platforms)}`;
}

/** Where a text comes from, and since when it counts. */
export function describeOrigin(origin: TemplateOrigin): Markdown {
  if (origin.kind === 'generic') return 'the generic layout, because there is no template';
  if (origin.kind === 'draft') return 'a text that is tried';
  if (origin.kind === 'shipped') return `${inlineCode(origin.name)}, which came with Bellhop`;
  if (origin.kind === 'own') return `${inlineCode(origin.name)}, a file of this installation`;
  const { override } = origin;
  const scope: TemplateScopeName = override.routeId ? 'route' : override.endpointId ? 'endpoint' : 'everyone';
  const type = override.type === '*' ? ' by its template for every type' : '';
  return `changed ${WHERE[scope]}${type}${describeSave(override)}`;
}

const WHERE: Readonly<Record<TemplateScopeName, string>> = {
  route: 'for one channel',
  endpoint: 'for this endpoint',
  everyone: 'for everyone',
};

/** ` by Ann, 2 days ago (revision 3)`. */
export function describeSave({ by, at, revision }: Partial<TemplateRevision>): Markdown {
  const who = by ? ` by ${escapeMarkdown(by)}` : '';
  const when = at ? `, ${momentMarkdown(new Date(at), 'relative')}` : '';
  return `${who}${when}${revision ? ` (revision ${revision})` : ''}`;
}

/** `2 of the last 5 events would read differently`. */
export function describeOutcome({ tried, changed }: Pick<TryOut, 'tried' | 'changed'>): string {
  if (tried === 1) return `the last event would ${changed.length > 0 ? 'read differently' : 'read as it does'}`;
  return `${changed.length || 'none'} of the last ${tried} events would read differently`;
}

const FINDINGS = 8;

/** What is wrong with a text, a line for each. */
export function describeFindings(findings: readonly TemplateFinding[]): Markdown {
  const lines = findings.slice(0, FINDINGS).map((finding) => `- ${describeFinding(finding)}`);
  const rest = findings.length - FINDINGS;
  return [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n');
}

export function describeFinding({ message, line, column }: TemplateFinding): Markdown {
  const place = line === undefined ? '' : `Line ${line}${column === undefined ? '' : `, column ${column}`}: `;
  return `${place}${sentenceMarkdown(message)}`;
}
