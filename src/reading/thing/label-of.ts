import { headOf, qualifierOf } from '../payload/names.ts';
import type { Branch } from '../payload/walk.ts';
import { NAMES, RUNS } from '../vocabulary.ts';
import { headlineOf } from '../words.ts';
import { partsOf } from './parts-of.ts';

const LABEL_HEADS = new Set(['name', 'title', 'summary', 'subject', 'label']);
const WORK_MESSAGES = new Set(['message', 'text', 'description', 'summary', 'subject', 'title']);
const WHOLE = new Set([
  'grandparent_title',
  'series_title',
  'show_title',
  'album',
  'artist_name',
  'collection_title',
  'parent_name',
]);

/** What a thing is called. `limit` is how many of the names of labels are looked at. */
export function labelOf(place: Branch, kind: string, limit = NAMES.size): string | undefined {
  let best: { readonly cost: number; readonly label: string } | undefined;
  const parts = partsOf(place);
  for (const { leaves, depth } of parts)
    for (const { name, value } of leaves) {
      // What a run says is the message of a commit, or a report of how it went.
      const rank =
        RUNS.has(kind) && WORK_MESSAGES.has(name)
          ? undefined
          : (NAMES.get(name) ?? (kind !== '' && isOwnName(name, kind) ? 0.5 : undefined));
      if (rank !== undefined && rank >= limit) continue;
      const cost = rank === undefined ? undefined : rank + (depth - place.depth) * 2;
      const label = cost !== undefined && (!best || cost < best.cost) ? headlineOf(value, 150) : undefined;
      if (label !== undefined && cost !== undefined) best = { cost, label };
    }
  if (!best) return undefined;
  const whole = parts.flatMap(({ leaves }) => leaves).find(({ name }) => WHOLE.has(name));
  const above = whole && headlineOf(whole.value, 100);
  return above !== undefined && above !== best.label ? `${above} · ${best.label}` : best.label;
}

/** What a name such as `ticket_title` or `project_full_name` names; empty where it names nothing. */
export function labelled(name: string): string {
  return LABEL_HEADS.has(headOf(name))
    ? qualifierOf(name).replace(/_?(?:friendly|full|display|public|short)$/, '')
    : '';
}

function isOwnName(name: string, kind: string): boolean {
  return labelled(name) === kind;
}
