import type { List, Walked } from '../payload/walk.ts';
import { GRAVITIES } from '../vocabulary.ts';
import { TELLING } from './column-cost.ts';
import type { LikeThings } from './like-things.ts';
import { toTable } from './to-table.ts';

/** Lists that say nothing of the event, or that are better said in one line. */
const ASIDE =
  /^(?:labels?|tags?|users?|members|assignees|participants|watchers|followers|reviewers|attendees|acknowledgers|approvers|contacts|recipients|attachments|images|photos|links|headers|cookies|properties|params|parameters|permissions|references|references_.*|fields|fields_.*|custom_fields|blocks|buttons|choices|points|embeds|sections|(?:\w+_)?actions|elements|frames|stack_?trace|stack|modules|breadcrumbs|sites|categories|currencies|phone_numbers|email_addresses|addresses|roles|groups|teams|teams_.*|issue_links|sub_?tasks|notification_channels|contexts|interviews|phones|emails|keyed_custom_fields|education.*|employment.*|history|revisions|languages|options|plans_.*|thumbnails|media|resource_containers|interfaces|exchanges|entries_debug|occurrences|modifications|notes_metadata|configs?|domain_aliases|required_functions)$/;

/** The list a person would look at: the longest one of things that have a name or a state; nothing where there is none. */
export function readLikeThings({ lists }: Walked): LikeThings | undefined {
  const tables = lists
    .filter(
      ({ name, owner, items }) =>
        !ASIDE.test(name) && !owner.aside && !owner.sample && owner.depth < 5 && items.length > 1,
    )
    .map((list) => ({ list, table: toTable(list) }))
    .filter(({ table, list }) => table.columns.length > 0 && isNews(table, list));
  return tables.toSorted((a, b) => weight(b.table, b.list) - weight(a.table, a.list))[0]?.table;
}

const NEWS =
  /^(?:alerts|events|incidents|results|checks|conditions|failures|errors|tests|jobs|items|line_items|entries|records|hosts|builds|stages|commits|changes|rows|matches|vulnerabilities|metrics|monitors|services|components|affected_\w+|eval_matches|findings|products|tasks|steps|hits|problems|issues|orders|files|messages|notifications)$/;

/** Whether a list is what the event is about, not a part of how something is described. */
function isNews({ columns, rows, name }: LikeThings, { owner }: List): boolean {
  const judged =
    rows.some(({ state }) => state !== undefined) ||
    columns.some((column) => TELLING.test(column.name) || GRAVITIES.has(column.name));
  return owner.path.length === 0
    ? judged || NEWS.test(name) || rows.length > 2
    : NEWS.test(name) || (judged && owner.path.length < 2);
}

function weight({ columns, rows, name }: LikeThings, { owner }: List): number {
  const states = rows.some(({ state }) => state !== undefined) ? 6 : 0;
  return columns.length + states + (NEWS.test(name) ? 5 : 0) - owner.path.length * 3;
}
