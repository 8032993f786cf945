/** What a parser made of text: data, possibly with a complaint, or only the complaint. */
export type ParseOutcome =
  | { readonly ok: true; readonly payload: unknown; readonly problem?: string | undefined }
  | { readonly ok: false; readonly problem: string };
