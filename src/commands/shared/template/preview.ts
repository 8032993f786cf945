import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError, OptionError } from '../../../core/errors.ts';
import { eventLink } from '../../../core/event/event-line.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import {
  type Action,
  type CommandAction,
  cleanCommand,
  escapeMarkdown,
  type Markdown,
} from '../../../core/message/message.ts';
import { lineDiff } from '../../../core/text/line-diff.ts';
import { fence } from '../code-pages.ts';
import { findEvent } from '../find-event.ts';
import type { TemplateCall } from './context.ts';
import { keepDraft, readWritten, type Written } from './drafts.ts';
import { edit, refuse } from './edit.ts';
import type { Target } from './target.ts';
import { groundOf, type TriedEvent, type TryOut, tryOn, tryOut } from './try-out.ts';
import { describeFinding, describeFindings, describeOutcome, describeScope, nameOf } from './words.ts';

/** Events that are shown side by side. */
export const SHOWN = 5;
const DIFF_LINES = 10;
const LINE = 160;

/** Shows what a text would make of the latest events beside what they are now, to the caller alone. */
export async function preview(call: TemplateCall): Promise<Reply> {
  const { options, parts } = call;
  const written = await readWritten(call);
  if (!written) return edit(call);
  const { target, source, version } = written;
  const { templates, journal } = parts;
  const ground = await groundOf(target, parts);
  const findings = templates.inspect(source, { ...ground, before: templates.inForce(target.key).source });
  const mistakes = findings.filter(({ level }) => level === 'mistake');
  if (mistakes.length > 0) return refuse(target, { source, version, findings });
  if (options.event !== undefined) {
    const event = await findEvent(journal, options.event);
    if (event.provider !== target.key.provider)
      throw new OptionError('event', `Event \`${event.id}\` is none of \`${target.key.provider}\`.`);
    return showWhole(tryOn(event, source, target, parts), written);
  }
  const draft = await keepDraft(written, call);
  const outcome = await tryOut(source, target, { limit: SHOWN, parts });
  return reply(
    [
      summaryOf(outcome, written, call),
      ...(target.caution ? [target.caution] : []),
      ...(findings.length > 0 ? [`Please check:\n${describeFindings(findings)}`] : []),
      ...sideBySide(outcome),
    ].join('\n\n'),
    {
      title: `Preview of ${nameOf(target.key)}`,
      severity: outcome.failed.length > 0 ? 'warning' : 'info',
      actions: actionsFor(target, draft.id, outcome),
      data: {
        draft: draft.id,
        template: nameOf(target.key),
        scope: target.scope,
        tried: outcome.tried,
        changed: outcome.changed.length,
        failed: outcome.failed.length,
        problems: findings,
      },
    },
  );
}

/** The events that would read differently, as they are and as they would be. */
export function sideBySide({ changed, failed }: TryOut): readonly Markdown[] {
  return [...failed, ...changed.filter(({ failure }) => !failure)].slice(0, SHOWN).map(describeTried);
}

function describeTried({ event, now, then, failure }: TriedEvent): Markdown {
  const head = `**${eventLink(event)}** · ${inlineCode(event.id)}`;
  if (failure) return `${head}\n❌ ${describeFinding(failure)}`;
  const [before, after] = [now, then].map(({ lines }) => lines.map((line) => cutLine(line)).join('\n'));
  return `${head}\n${fence(lineDiff(before ?? '', after ?? '', { around: 1, most: DIFF_LINES }), 'diff')}`;
}

function cutLine(line: string): string {
  return line.length > LINE ? `${line.slice(0, LINE).toWellFormed()}…` : line;
}

function summaryOf(outcome: TryOut, { target }: Written, { caller, parts }: TemplateCall): Markdown {
  const { tried, failed } = outcome;
  const { key } = target;
  const where = escapeMarkdown(describeScope(target, caller, parts.platforms));
  const kind = key.type === '*' ? '' : ` ${inlineCode(key.type)}`;
  if (tried === 0) return `A template for${kind || ' all'} events ${where}. There is no event yet to try it on.`;
  const fail =
    failed.length > 0
      ? `, and ${failed.length} would fail: their messages would be made by the next best template`
      : '';
  return `Not saved yet. As a template for${kind || ' all'} events ${where}, ${describeOutcome(outcome)}${fail}. \`-\` is how they read now, \`+\` how they would.`;
}

export function actionsFor(
  { maySave }: Target,
  draft: string,
  { changed }: Pick<TryOut, 'changed'>,
): readonly Action[] {
  const [latest] = changed;
  const options = { draft };
  return [
    {
      label: maySave ? 'Save' : 'Propose',
      command: 'template',
      options: { action: 'save', ...options },
      style: 'primary',
    },
    { label: 'Edit again', command: 'template', options: { action: 'edit', ...options } },
    ...(latest
      ? [
          {
            label: 'See it whole',
            command: 'template',
            options: { action: 'preview', ...options, event: latest.event.id },
            tucked: true,
          },
        ]
      : []),
    { label: 'Discard', command: 'template', options: { action: 'discard', ...options }, tucked: true },
  ];
}

function wayOn({ maySave }: Target, draft: string): readonly CommandAction[] {
  return [
    { label: maySave ? 'Save' : 'Propose', command: 'template', options: { action: 'save', draft }, style: 'primary' },
    { label: 'Back to the preview', command: 'template', options: { action: 'preview', draft } },
  ];
}

/** A message as it would be posted, to the caller alone, with the way on: a chat may put it in the place of the preview. */
function showWhole({ event, then, failure }: TriedEvent, { target, draft }: Written): Reply {
  if (failure) throw new AppError(422, 'template_problem', `It fails on event \`${event.id}\`: ${failure.message}`);
  return {
    message: {
      ...then.message,
      notify: 'never',
      mentions: [],
      actions: [...(draft ? wayOn(target, draft.id) : []).map(cleanCommand), ...then.message.actions],
    },
    visibleTo: 'caller',
    data: { event: event.id, template: then.template },
  };
}
