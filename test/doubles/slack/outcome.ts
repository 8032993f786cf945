import type { Json } from './workspace.ts';

/** What became of something sent to the app. */
export type Outcome =
  | { readonly acknowledged: true; readonly payload?: Json }
  | { readonly acknowledged: false; readonly reason: string };
