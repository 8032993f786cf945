import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown } from '../../../core/message/message.ts';
import { describeOrigin as originWords } from '../../../core/settings/template-origin.ts';
import {
  isSameTemplate,
  type TemplateOverride,
  type TemplateRevision,
  undoneBy,
  withRevision,
} from '../../../core/settings/template-override.ts';
import type { TemplateCall } from './context.ts';
import { placeOptions } from './save.ts';
import { findTarget, type Target } from './target.ts';
import { describeOrigin, describeScope, nameOf } from './words.ts';

/** Brings back what a template was before its latest change. */
export async function undo(call: TemplateCall): Promise<Reply> {
  const target = await findOwn(call);
  return restore(target, call, { did: 'undid the latest change of', plan: planOf('undo', target, call) });
}

/** Lets the next best template count again. What was written stays in the history. */
export async function reset(call: TemplateCall): Promise<Reply> {
  const target = await findOwn(call);
  return restore(target, call, { did: 'reset', plan: planOf('reset', target, call) });
}

/** The text that would count if a template were brought back. Throws `AppError` where there is nothing to bring back. */
export function textAfter(how: 'undo' | 'reset', target: Target, call: TemplateCall): string {
  const { templates } = call.parts;
  const changed = templates.changed([target.endpoint.id]);
  const plan = planOf(how, target, call)(changed.find((each) => isSameTemplate(each, target.key)));
  const { templates: after } = withRevision(changed, target.key, { ...plan, by: '', at: '' });
  return templates.inForce(target.key, { templates: after }).source;
}

function planOf(how: 'undo' | 'reset', target: Target, call: TemplateCall): Restoring['plan'] {
  return (override) => {
    const before = how === 'undo' && override && undoneBy(override);
    if (before) return { restores: before.revision, ...(before.source !== undefined && { source: before.source }) };
    if (how === 'undo' || override?.source === undefined) throw nothingTo(how, target, call);
    return {};
  };
}

export async function findOwn({ options, caller, parts }: TemplateCall): Promise<Target> {
  const target = await findTarget(options, caller, parts);
  if (target.maySave) return target;
  throw new AppError(
    403,
    'forbidden',
    target.scope === 'everyone'
      ? 'Only an admin may change a template for everyone.'
      : `Only an owner of \`${target.endpoint.name}\` or an admin may change its templates.`,
  );
}

function nothingTo(what: string, target: Target, { caller, parts }: TemplateCall): AppError {
  const where = describeScope(target, caller, parts.platforms);
  return new AppError(
    409,
    'nothing_to_undo',
    `There is nothing to ${what}: \`${nameOf(target.key)}\` has no change ${where}. \`/webhook template\` lists what was changed.`,
  );
}

interface Restoring {
  /** In the past tense: `undid the latest change of`. */
  readonly did: string;
  readonly plan: (override: TemplateOverride | undefined) => Omit<TemplateRevision, 'revision'>;
}

async function restore(target: Target, { caller, parts }: TemplateCall, { did, plan }: Restoring): Promise<Reply> {
  const { changes, templates, clock, platforms } = parts;
  const { key, endpoint } = target;
  const by = { by: caller.userName, at: clock.now().toISOString() };
  const where = describeScope(target, caller, platforms);
  const override = await changes.settings((current) => {
    const saved = withRevision(current.templates, key, {
      ...plan(current.templates.find((each) => isSameTemplate(each, key))),
      ...by,
    });
    const now = { templates: saved.templates };
    return {
      change: {
        action: 'template',
        endpointId: endpoint.id,
        detail: `${did} the template ${nameOf(key)} ${where}`,
        before: originWords(templates.inForce(key, current).origin),
        after: originWords(templates.inForce(key, now).origin),
      },
      settings: { ...current, ...now },
      result: saved.override,
    };
  });
  const { origin } = templates.inForce(key);
  return reply(
    `${escapeMarkdown(caller.userName)} ${did} the template ${inlineCode(nameOf(key))} ${escapeMarkdown(where)}. The template now in use is: ${describeOrigin(origin)}.`,
    {
      visibleTo: 'channel',
      severity: 'good',
      actions: [{ label: 'History', command: 'template', options: { action: 'history', ...placeOptions({ target }) } }],
      data: {
        template: nameOf(key),
        scope: target.scope,
        revision: override.revision,
        version: templates.version(target.place),
      },
    },
  );
}
