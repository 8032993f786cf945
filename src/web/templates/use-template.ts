import { useCallback, useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { TemplateText } from '../api/template-shapes.ts';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';
import { type Draft, keepDraft, readDraft } from './drafts.ts';
import type { Place } from './place.ts';

export interface EditedTemplate {
  /** The text that counts. */
  readonly saved: TemplateText | undefined;
  /** The text in the editor, and the version that it was written upon. */
  readonly text: string;
  readonly version: string;
  readonly dirty: boolean;
  readonly problem: string | undefined;
  readonly reload: () => void;
  readonly edit: (text: string) => void;
  /** Takes over what counts by now; the text in the editor goes on, unless it was saved. */
  readonly settle: (saved: TemplateText, keep: 'text' | 'nothing') => void;
  readonly discard: () => void;
}

/** A template that is edited: what counts, and a text of one's own that survives a reload. */
export function useTemplate(place: Place): EditedTemplate {
  const { endpoint, type } = place;
  const key = JSON.stringify(place);
  const { content, problem, reload } = useResource(key, async (signal) =>
    toPlain(await request<TemplateText>('/templates/text', { query: place, signal })),
  );
  const [fresh, setFresh] = useState<{ readonly key: string; readonly saved: TemplateText }>();
  const [draft, setDraft] = useState<Draft | undefined>(() => readDraft(endpoint, type));
  // The editor stays while the text of another scope is on its way.
  const saved = useLast(fresh?.key === key ? fresh.saved : content);
  const dirty = Boolean(draft && saved && draft.text.trimEnd() !== saved.source.trimEnd());

  const keep = useCallback(
    (next: Draft | undefined) => {
      keepDraft(endpoint, type, next);
      setDraft(next);
    },
    [endpoint, type],
  );
  return {
    saved,
    text: (dirty ? draft?.text : undefined) ?? saved?.source ?? '',
    version: (dirty ? draft?.version : undefined) ?? saved?.version ?? '',
    dirty,
    problem,
    reload,
    edit(text) {
      if (!saved) return;
      keep(text === saved.source ? undefined : { text, version: dirty && draft ? draft.version : saved.version });
    },
    settle(next, kept) {
      setFresh({ key, saved: toPlain(next) });
      keep(kept === 'text' && draft ? { text: draft.text, version: next.version } : undefined);
    },
    discard: () => keep(undefined),
  };
}

/** Lines end as the editor ends them. */
function toPlain(text: TemplateText): TemplateText {
  return { ...text, source: text.source.replace(/\r\n?/g, '\n') };
}
