import { useEffect, useRef, useState } from 'preact/hooks';
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
  /** Takes over what counts by now; the text in the editor goes on, or is replaced by it. */
  readonly settle: (saved: TemplateText, keep: 'text' | 'nothing') => void;
  readonly discard: () => void;
}

/** A template that is edited: what counts, and a text of one's own that survives a reload. `write` puts a text into the editor. */
export function useTemplate(place: Place, write: (text: string) => void): EditedTemplate {
  const { endpoint, type } = place;
  const key = JSON.stringify(place);
  const { content, problem, reload } = useResource(key, async (signal) =>
    toPlain(await request<TemplateText>('/templates/text', { query: place, signal })),
  );
  const [fresh, setFresh] = useState<{ readonly key: string; readonly saved: TemplateText }>();
  const [draft, setDraft] = useState<Draft | undefined>(() => readDraft(endpoint, type));
  // What was typed since the page was drawn last.
  const newest = useRef(draft);
  // The editor stays while the text of another scope is on its way.
  const saved = useLast(fresh?.key === key ? fresh.saved : content);
  const dirty = isOwn(draft, saved);

  useEffect(() => {
    if (saved && !isOwn(newest.current, saved)) write(saved.source);
  }, [saved]);

  function keep(next: Draft | undefined): void {
    newest.current = next;
    keepDraft(endpoint, type, next);
    setDraft(next);
  }

  return {
    saved,
    text: dirty ? draft.text : (saved?.source ?? ''),
    version: dirty ? draft.version : (saved?.version ?? ''),
    dirty,
    problem,
    reload,
    edit(text) {
      const { current } = newest;
      if (!saved) return;
      keep(
        text === saved.source ? undefined : { text, version: isOwn(current, saved) ? current.version : saved.version },
      );
    },
    settle(next, kept) {
      const { current } = newest;
      setFresh({ key, saved: toPlain(next) });
      keep(kept === 'text' && current ? { text: current.text, version: next.version } : undefined);
    },
    discard() {
      keep(undefined);
      if (saved) write(saved.source);
    },
  };
}

function isOwn(draft: Draft | undefined, saved: TemplateText | undefined): draft is Draft {
  return draft !== undefined && saved !== undefined && draft.text.trimEnd() !== saved.source.trimEnd();
}

/** Lines end as the editor ends them. */
function toPlain(text: TemplateText): TemplateText {
  return { ...text, source: text.source.replace(/\r\n?/g, '\n') };
}
