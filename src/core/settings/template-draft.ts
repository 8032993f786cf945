import type { TemplateKey } from './template-override.ts';

/** A template's text that somebody wrote and nobody has saved yet: theirs to go on with, or proposed to those who may save it. */
export interface TemplateDraft extends TemplateKey {
  readonly id: string;
  readonly source: string;
  /** The version of the text that it was written upon. */
  readonly version: string;
  /** The endpoint on whose events it is tried. */
  readonly tryOn: string;
  /** Who wrote it, as `platform:user`, and what people call them. */
  readonly by: string;
  readonly byName: string;
  /** ISO 8601. */
  readonly at: string;
}

const MOST = { drafts: 30, characters: 262_144 } as const;

/** The drafts with one more, in the place of its earlier self. The oldest are let go of. */
export function withDraft(drafts: readonly TemplateDraft[], draft: TemplateDraft): readonly TemplateDraft[] {
  let characters = draft.source.length;
  const kept = drafts
    .filter(({ id }) => id !== draft.id)
    .toReversed()
    .slice(0, MOST.drafts - 1)
    .filter(({ source }) => {
      characters += source.length;
      return characters <= MOST.characters;
    });
  return [...kept.toReversed(), draft];
}
