import type { Reply } from '../../../core/command/command.ts';
import { personOf } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import type { TemplateCall } from './context.ts';
import { draftGone, findDraftTarget } from './target.ts';
import { nameOf } from './words.ts';

/** Lets go of a text that nobody has saved. */
export async function discard({ options, caller, parts }: TemplateCall): Promise<Reply> {
  const draft = parts.templates.draft(options.draft ?? '');
  if (!draft) throw draftGone();
  const { maySave, key, endpoint } = await findDraftTarget(draft, caller, parts);
  if (!maySave && draft.by !== personOf(caller))
    throw new AppError(403, 'forbidden', 'Only whoever wrote it, or who may save it, may discard this text.');
  await parts.changes.settings((current) => ({
    change: { action: 'template', endpointId: endpoint.id, detail: `discarded a draft of ${nameOf(key)}` },
    settings: { ...current, drafts: (current.drafts ?? []).filter(({ id }) => id !== draft.id) },
    result: undefined,
  }));
  return reply(`The text for ${inlineCode(nameOf(key))} is discarded. The template in use is unchanged.`, {
    data: { template: nameOf(key) },
  });
}
