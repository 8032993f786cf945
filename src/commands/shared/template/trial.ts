import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { type Action, escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import { DAY } from '../../../core/text/duration.ts';
import { plural } from '../../../core/text/line.ts';
import { toSpan } from '../rules/try-change.ts';
import type { TemplateCall } from './context.ts';
import { keepDraft, readWritten } from './drafts.ts';
import { refuse } from './edit.ts';
import { actionsFor, sideBySide } from './preview.ts';
import { findOwn, textAfter } from './restore.ts';
import { placeOptions } from './save.ts';
import type { Target } from './target.ts';
import { groundOf, type TriedEvent, tryOut } from './try-out.ts';
import { describeScope, nameOf } from './words.ts';

/** The most events that a change is tried on. */
const MOST = 200;
const EXAMPLES = 10;

/** Says which messages of the last days a change of a template would make differently, and changes nothing. */
export async function tryTemplate(call: TemplateCall): Promise<Reply> {
  const { action } = call.options;
  if (action === 'undo' || action === 'reset') {
    const target = await findOwn(call);
    const label = action === 'undo' ? 'Undo' : 'Reset';
    const actions = [
      { label, command: 'template', options: { action, ...placeOptions({ target }) }, style: 'primary' },
    ];
    return tell({ target, source: textAfter(action, target, call), actions: () => actions as Action[] }, call);
  }
  const written = await readWritten(call);
  if (!written)
    throw new OptionError('text', 'Say which text to try with `text=…`, or try `undo` or `reset`.', {
      code: 'missing_option',
    });
  const { target, source, version } = written;
  const { templates } = call.parts;
  const ground = await groundOf(target, call.parts);
  const findings = templates.inspect(source, { ...ground, before: templates.inForce(target.key).source });
  if (findings.some(({ level }) => level === 'mistake')) return refuse(target, { source, version, findings });
  const draft = await keepDraft(written, call);
  return tell({ target, source, actions: (changed) => actionsFor(target, draft.id, { changed }) }, call);
}

interface Tried {
  readonly target: Target;
  readonly source: string;
  readonly actions: (changed: readonly TriedEvent[]) => readonly Action[];
}

async function tell({ target, source, actions }: Tried, { options, caller, parts }: TemplateCall): Promise<Reply> {
  const span = toSpan(options.days);
  const since = new Date(parts.clock.now().getTime() - span);
  const outcome = await tryOut(source, target, { limit: MOST, since, parts });
  const { tried, changed, failed } = outcome;
  const where = escapeMarkdown(describeScope(target, caller, parts.platforms));
  return reply([describe(outcome, { span, where }), ...sideBySide(outcome), 'Nothing is saved yet.'].join('\n\n'), {
    title: `Tried: ${nameOf(target.key)}`,
    severity: failed.length > 0 ? 'warning' : 'info',
    actions: actions(changed),
    data: {
      trial: {
        since,
        events: tried,
        changed: changed.length,
        failed: failed.length,
        examples: [...failed, ...changed.filter(({ failure }) => !failure)].slice(0, EXAMPLES).map(toExample),
      },
    },
  });
}

function describe(
  {
    tried,
    changed,
    failed,
  }: { readonly tried: number; readonly changed: readonly unknown[]; readonly failed: readonly unknown[] },
  { span, where }: { readonly span: number; readonly where: string },
): Markdown {
  const days = span === DAY ? 'the last day' : `the last ${span / DAY} days`;
  if (tried === 0) return `No such event arrived in ${days}, so there is nothing to try it on.`;
  const which = tried === MOST ? `the newest ${MOST} events` : `${plural(tried, 'event')} of ${days}`;
  const fail = failed.length > 0 ? ` ${failed.length} would fail, and be made by the next best template.` : '';
  return `Of ${which}, ${changed.length || 'none'} would read differently ${where}.${fail} \`-\` is how they read now, \`+\` how they would.`;
}

function toExample({ event, now, then, failure }: TriedEvent) {
  return {
    id: event.id,
    type: event.type,
    title: event.about?.title ?? event.type,
    before: now.lines.join('\n'),
    after: then.lines.join('\n'),
    ...(failure && { failure: failure.message }),
  };
}
