import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { type CommandAction, escapeMarkdown, type Markdown, momentMarkdown } from '../../../core/message/message.ts';
import { revisionsOf, type TemplateRevision } from '../../../core/settings/template-override.ts';
import { plural } from '../../../core/text/line.ts';
import { lineDiff } from '../../../core/text/line-diff.ts';
import { fence, toCodePages } from '../code-pages.ts';
import { toPage } from '../pages.ts';
import type { TemplateCall } from './context.ts';
import { readWritten } from './drafts.ts';
import { placeOptions } from './save.ts';
import { findTarget, type Target } from './target.ts';
import { describeOrigin, describeScope, nameOf } from './words.ts';

/** Lists what a template was, newest first. */
export async function history({ options, caller, parts }: TemplateCall): Promise<Reply> {
  const target = await findTarget(options, caller, parts);
  const { override, key } = target;
  const where = escapeMarkdown(describeScope(target, caller, parts.platforms));
  const beneath = parts.templates.inFile(key.provider, key.type);
  if (!override)
    return reply(
      `${inlineCode(nameOf(key))} was never changed ${where}. The template in use is: ${describeOrigin(parts.templates.inForce(key).origin)}.`,
      { data: { template: nameOf(key), scope: target.scope, revisions: [] } },
    );
  const revisions = revisionsOf(override);
  const lines = revisions.map((revision, index) => describeRevision(revision, index === 0));
  return reply(`${[...lines, `- before that: ${describeOrigin(beneath.origin)}`].join('\n')}`, {
    title: `History of ${nameOf(key)} ${describeScope(target, caller, parts.platforms)}`,
    actions: [
      { label: 'What changed', command: 'template', options: { action: 'diff', ...placeOptions({ target }) } },
      { label: 'Undo', command: 'template', options: { action: 'undo', ...placeOptions({ target }) } },
    ],
    data: { template: nameOf(key), scope: target.scope, revisions },
  });
}

function describeRevision({ revision, source, by, at, restores }: TemplateRevision, isNow: boolean): Markdown {
  const what =
    source === undefined
      ? 'reset'
      : restores === undefined
        ? plural(source.split('\n').length, 'line')
        : `brought back revision ${restores}`;
  return `- ${[
    `**${revision}**${isNow ? ' (in use)' : ''}`,
    what,
    ...(by ? [escapeMarkdown(by)] : []),
    ...(at ? [momentMarkdown(new Date(at))] : []),
  ].join(' · ')}`;
}

/** Shows what one change changed, or what a draft would. */
export async function diff(call: TemplateCall): Promise<Reply> {
  const { options, caller, parts } = call;
  const written = await readWritten(call);
  const target = written?.target ?? (await findTarget(options, caller, parts));
  const { before, after, title } = written
    ? { before: parts.templates.inForce(target.key).source, after: written.source, title: 'What it would change in' }
    : twoOf(target, call);
  const text = lineDiff(before, after, { most: 500 });
  const pageOptions = {
    action: 'diff',
    ...placeOptions({ target }),
    ...(options.draft !== undefined && { draft: options.draft }),
    ...(options.revision !== undefined && { revision: String(options.revision) }),
  };
  const { shown, footer, turns } = toPage(toCodePages(text), {
    page: options.page,
    size: 1,
    command: 'template',
    options: pageOptions,
  });
  return reply(text ? fence(shown[0] ?? '', 'diff') : 'The two are the same.', {
    title: `${title} ${nameOf(target.key)} ${describeScope(target, caller, parts.platforms)}`,
    ...(footer && { footer }),
    actions: [...turns, ...(written?.draft ? wayOn(written.draft.id, call) : [])],
    data: { template: nameOf(target.key), scope: target.scope, diff: text },
  });
}

/** What can be done with a draft once it was compared: a chat may put the answer in the place of the question. */
function wayOn(draft: string, { options: { version } }: TemplateCall): readonly CommandAction[] {
  const options = { draft, ...(version !== undefined && { version }) };
  return [
    { label: 'Save', command: 'template', options: { action: 'save', ...options }, style: 'primary' },
    { label: 'Edit again', command: 'template', options: { action: 'edit', ...options } },
  ];
}

/** A revision and the one before it; beneath the first is what came before all changes. */
function twoOf(
  target: Target,
  { options, caller, parts: { templates, platforms } }: TemplateCall,
): { readonly before: string; readonly after: string; readonly title: string } {
  const { override, key } = target;
  const revisions = override ? revisionsOf(override) : [];
  const beneath = templates.inFile(key.provider, key.type).source;
  const index =
    options.revision === undefined ? 0 : revisions.findIndex(({ revision }) => revision === options.revision);
  const after = revisions[index];
  if (!after)
    throw new OptionError(
      'revision',
      revisions.length > 0
        ? `There is no revision ${options.revision}. \`/webhook template history\` lists them.`
        : `\`${nameOf(key)}\` was never changed ${escapeMarkdown(describeScope(target, caller, platforms))}, so there is nothing to compare.`,
      { code: 'not_found', status: 404 },
    );
  return {
    before: revisions[index + 1]?.source ?? beneath,
    after: after.source ?? beneath,
    title: `What revision ${after.revision} changed in`,
  };
}
