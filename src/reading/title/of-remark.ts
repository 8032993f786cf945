import { headOf, spokenLabel } from '../payload/names.ts';
import { spokenKind } from '../thing/kind-of.ts';
import { labelOf } from '../thing/label-of.ts';
import { numberOf } from '../thing/number-of.ts';
import { activityOf } from '../verbs.ts';
import { PEOPLE, PLACES } from '../vocabulary.ts';
import { join } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

const REMARKS = /(?:^|\s)(?:comment|note|reply|answer|remark)$/;

/** Who said something about what. */
export function ofRemark(parts: TitleParts): string | undefined {
  if (!isRemark(parts)) return undefined;
  const { walked, actor, thing, typeWords } = parts;
  const activity = activityOf(typeWords);
  const about = thing && thing.label !== undefined && !REMARKS.test(spokenKind(thing.kind)) ? thing.branch : undefined;
  const on =
    about ??
    walked.branches.find(
      (branch) =>
        branch !== thing?.branch &&
        !branch.sample &&
        !branch.aside &&
        branch.path.length > 0 &&
        !PEOPLE.has(branch.name) &&
        !PEOPLE.has(headOf(branch.name)) &&
        !PLACES.has(branch.name) &&
        labelOf(branch, branch.name) !== undefined,
    );
  const label = on && join(numberOf(on, on.name).number, labelOf(on, on.name));
  const said =
    activity && !/^(?:created|added|commented)$/.test(activity.verb) ? `${activity.verb} a comment` : 'commented';
  if (!label)
    return actor && thing?.branch.owner !== undefined
      ? `${actor} ${said}${parts.source ? ` on ${parts.source}` : ''}`
      : undefined;
  return actor
    ? `${actor} ${said} on ${label}`
    : `${spokenLabel(`${said === 'commented' ? 'new comment' : `comment ${activity?.verb}`}`)} on ${label}`;
}

export function isRemark({ typeWords, thing }: TitleParts): boolean {
  const activity = activityOf(typeWords);
  if (activity?.verb === 'commented') return true;
  return REMARKS.test(activity?.noun ?? typeWords.join(' ')) || REMARKS.test(spokenKind(thing?.kind ?? ''));
}
