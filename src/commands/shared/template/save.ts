import type { Reply } from '../../../core/command/command.ts';
import type { TemplateFinding } from '../../../core/command/desks/template-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError, OptionError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../../core/message/message.ts';
import type { Settings } from '../../../core/settings/settings.ts';
import { describeOrigin as originWords } from '../../../core/settings/template-origin.ts';
import { type TemplateRevision, withRevision } from '../../../core/settings/template-override.ts';
import { plural } from '../../../core/text/line.ts';
import type { TemplateCall } from './context.ts';
import { keepDraft, readWritten, type Written } from './drafts.ts';
import { refuse } from './edit.ts';
import { propose } from './propose.ts';
import { groundOf, type TryOut, tryOut } from './try-out.ts';
import { describeFindings, describeOutcome, describeScope, nameOf } from './words.ts';

/** Events that a text is tried on before it is saved. */
const TRIED = 25;

/** Saves a text, once it has been tried on the latest events; whoever may not save it proposes it. */
export async function save(call: TemplateCall): Promise<Reply> {
  const { options, parts } = call;
  const written = await readWritten(call);
  if (!written)
    throw new OptionError('text', 'Say what to save with `text=…`. `/webhook template edit push` opens it in a form.', {
      code: 'missing_option',
    });
  const { target, source, version } = written;
  const { templates } = parts;
  const ground = await groundOf(target, parts);
  const findings = templates.inspect(source, { ...ground, before: templates.inForce(target.key).source });
  if (findings.some(({ level }) => level === 'mistake')) return refuse(target, { source, version, findings });
  const outcome = await tryOut(source, target, { limit: TRIED, parts });
  if (!target.maySave) return propose(written, outcome, call);
  if (outcome.failed.length > 0 && !options.confirm) return askAnyway(written, { outcome, findings }, call);
  const saved = await write(written, call);
  if (saved === 'stale') return showConflict(written, call);
  // Whoever previewed it has seen them.
  const doubts = findings.length > 0 && !written.draft ? `\n\nPlease check:\n${describeFindings(findings)}` : '';
  return reply(`${sentenceOf(written, outcome, call)}${doubts}`, {
    visibleTo: 'channel',
    severity: 'good',
    actions: [
      {
        label: 'Undo',
        command: 'template',
        options: { action: 'undo', ...placeOptions(written) },
      },
      {
        label: 'What changed',
        command: 'template',
        options: { action: 'diff', ...placeOptions(written) },
      },
    ],
    data: {
      template: nameOf(target.key),
      scope: target.scope,
      revision: saved.revision,
      version: templates.version(target.place),
      tried: outcome.tried,
      changed: outcome.changed.length,
      failed: outcome.failed.length,
      problems: findings,
    },
  });
}

/** The options that name a template again. */
export function placeOptions({ target: { key, endpoint, route, scope } }: Pick<Written, 'target'>) {
  return {
    type: `${key.provider}/${key.type}`,
    endpoint: endpoint.id,
    for: scope,
    ...(scope === 'route' && route && { channel: `${route.platform}:${route.channel}` }),
  };
}

/** Writes it down, unless somebody else was faster. */
async function write(
  { target, source, version, draft }: Written,
  { caller, parts: { changes, templates, clock, platforms } }: TemplateCall,
): Promise<TemplateRevision | 'stale'> {
  const { key, place, scope, endpoint } = target;
  const at = clock.now().toISOString();
  const without = (settings: Settings) =>
    settings.drafts ? { drafts: settings.drafts.filter(({ id }) => id !== draft?.id) } : {};
  const stale = new AppError(409, 'template_changed', 'Somebody else changed this template a moment ago.');
  try {
    return await changes.settings((current) => {
      if (version !== undefined && !templates.isFresh(version, place, scope, current)) throw stale;
      const { origin } = templates.inForce(key, current);
      const saved = withRevision(current.templates, key, { source, by: caller.userName, at });
      const where = describeScope(target, caller, platforms);
      return {
        change: {
          action: 'template',
          endpointId: endpoint.id,
          detail: `changed the template ${nameOf(key)} ${where}`,
          before: originWords(origin),
          after: originWords({ kind: 'changed', override: saved.override }),
        },
        settings: { ...current, ...without(current), templates: saved.templates },
        result: { revision: saved.override.revision ?? 1, source },
      };
    });
  } catch (error) {
    if (error === stale) return 'stale';
    throw error;
  }
}

function sentenceOf(
  { target }: Written,
  { tried, changed, failed }: TryOut,
  { caller, parts: { platforms } }: TemplateCall,
): string {
  const where = escapeMarkdown(describeScope(target, caller, platforms));
  const first = `${escapeMarkdown(caller.userName)} changed the template ${inlineCode(nameOf(target.key))} ${where}.`;
  if (tried === 0) return `${first} ${target.caution || 'There is no event yet to try it on.'}`;
  const fails = failed.length > 0 ? ` ${failed.length} of them would fail, and be made by the next best template.` : '';
  return `${first} With it, ${describeOutcome({ tried, changed })}.${fails}`;
}

async function askAnyway(
  written: Written,
  { outcome, findings }: { readonly outcome: TryOut; readonly findings: readonly TemplateFinding[] },
  call: TemplateCall,
): Promise<Reply> {
  const draft = await keepDraft(written, call);
  const what = describeFindings([...outcome.failed.slice(0, 1).flatMap(({ failure }) => failure ?? []), ...findings]);
  return reply(
    `Not saved yet: it fails on ${outcome.failed.length} of the last ${plural(outcome.tried, 'event')}, whose messages the next best template would make.\n${what}`,
    {
      severity: 'warning',
      actions: [
        {
          label: 'Save anyway',
          command: 'template',
          options: { action: 'save', draft: draft.id, confirm: 'true' },
          style: 'danger',
        },
        { label: 'Edit again', command: 'template', options: { action: 'edit', draft: draft.id } },
        { label: 'Preview', command: 'template', options: { action: 'preview', draft: draft.id } },
      ],
      data: { code: 'confirm', draft: draft.id, tried: outcome.tried, failed: outcome.failed.length },
    },
  );
}

/** Somebody else was faster: both texts are kept, and the person chooses. */
async function showConflict(written: Written, call: TemplateCall): Promise<Reply> {
  const { target } = written;
  const { templates } = call.parts;
  const version = templates.version(target.place);
  const draft = await keepDraft(written, call);
  const now = templates.inForce(target.key).origin;
  const by = now.kind === 'changed' && now.override.by ? escapeMarkdown(now.override.by) : 'Somebody else';
  return reply(
    `Not saved: ${by} changed ${inlineCode(nameOf(target.key))} since you began. Your text is kept. Compare the two, then save yours in the place of theirs, or edit it again.`,
    {
      severity: 'warning',
      actions: [
        { label: 'Compare', command: 'template', options: { action: 'diff', draft: draft.id, version } },
        { label: 'Edit again', command: 'template', options: { action: 'edit', draft: draft.id, version } },
        {
          label: 'Save mine',
          command: 'template',
          options: { action: 'save', draft: draft.id, version },
          style: 'danger',
        },
      ],
      data: { code: 'template_changed', draft: draft.id, version },
    },
  );
}
