import type { LinkUrl } from './safe-link.ts';

/**
 * Markdown as a tree, parsed once and written out by each platform. Text nodes are literal: a writer escapes them for
 * its own format, so nothing in them can be markup, a link or a mention. All text is clean, as `cleanText` makes it.
 */
export type Block =
  | { readonly type: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly type: 'heading'; readonly level: 1 | 2 | 3 | 4 | 5 | 6; readonly children: readonly Inline[] }
  | { readonly type: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly ListItem[] }
  | { readonly type: 'code'; readonly language?: string; readonly text: string }
  | { readonly type: 'quote'; readonly children: readonly Block[] }
  | {
      readonly type: 'table';
      readonly columns: readonly Alignment[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
      /** Whether its header stands above an earlier part of it. */
      readonly continued?: true;
    }
  | { readonly type: 'rule' };

export interface ListItem {
  /** Whether a task's box is ticked; absent for a plain item. */
  readonly checked?: boolean;
  readonly children: readonly Block[];
}

export type Alignment = 'left' | 'center' | 'right' | undefined;

export type Inline =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly url: LinkUrl; readonly children: readonly Inline[] }
  | { readonly type: 'break' }
  /** An index into the message's mentions. */
  | { readonly type: 'mention'; readonly index: number }
  /** A moment, shown in the reader's own zone; `fallback` is UTC text. */
  | { readonly type: 'time'; readonly unix: number; readonly style: TimeStyle; readonly fallback: string };

export type TimeStyle = 'time' | 'date' | 'datetime' | 'relative';

/** Parses Markdown once to a tree. A table's first row is its header. Raw HTML is text; only http, https and mailto links are links. */
export type ParseMarkdown = (markdown: string) => readonly Block[];
