import { personOf } from '../../../core/command/permission.ts';
import { newId } from '../../../core/settings/ids.ts';
import { type TemplateDraft, withDraft } from '../../../core/settings/template-draft.ts';
import type { TemplateCall } from './context.ts';
import { draftGone, findDraftTarget, findTarget, type Target } from './target.ts';
import { nameOf } from './words.ts';

/** A text to be looked at or saved, and the template that it is for. */
export interface Written {
  readonly target: Target;
  readonly source: string;
  /** What it was written upon; absent where nobody says. */
  readonly version: string | undefined;
  /** The draft that keeps it, where one does. */
  readonly draft: TemplateDraft | undefined;
}

/** What the options say to look at or save: a text of their own, or a draft. Nothing where they say neither. */
export async function readWritten({ options, caller, parts }: TemplateCall): Promise<Written | undefined> {
  const draft = options.draft === undefined ? undefined : parts.templates.draft(options.draft);
  if (options.draft !== undefined && !draft && options.text === undefined) throw draftGone();
  if (options.text !== undefined) {
    const target = await findTarget(options, caller, parts);
    return { target, source: options.text, version: options.version, draft };
  }
  if (!draft) return undefined;
  const { source, version } = draft;
  return { target: await findDraftTarget(draft, caller, parts), source, version: options.version ?? version, draft };
}

/** Keeps a text until it is saved or discarded: a button is too small for it, and an owner may come to it tomorrow. */
export async function keepDraft(
  { target: { key, endpoint, place }, source, version, draft: earlier }: Written,
  { caller, parts: { changes, clock, templates } }: TemplateCall,
): Promise<TemplateDraft> {
  const now = version ?? templates.version(place);
  if (earlier?.source === source && earlier.version === now) return earlier;
  // Somebody else's draft stays theirs.
  const isMine = earlier?.by === personOf(caller);
  const draft: TemplateDraft = {
    ...key,
    id: isMine && earlier ? earlier.id : newId(),
    source,
    version: now,
    tryOn: endpoint.id,
    by: personOf(caller),
    byName: caller.userName,
    at: clock.now().toISOString(),
  };
  return changes.settings((current) => ({
    change: { action: 'template', endpointId: endpoint.id, detail: `wrote a draft of ${nameOf(key)}` },
    settings: { ...current, drafts: withDraft(current.drafts ?? [], draft) },
    result: draft,
  }));
}
