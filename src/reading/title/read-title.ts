import { toLine } from '../../core/text/line.ts';
import { maskText } from '../../core/text/mask-secrets.ts';
import { ofActivity } from './of-activity.ts';
import { ofHeadline, ofSentence } from './of-headline.ts';
import { ofPush } from './of-push.ts';
import { ofRemark } from './of-remark.ts';
import { ofPlace, ofProse, ofType } from './of-rest.ts';
import { ofRun } from './of-run.ts';
import { ofThing } from './of-thing.ts';
import { TITLE_LIMIT } from './phrases.ts';
import type { TitleParts } from './title-parts.ts';

const NAMELESS = 'A delivery without a title';

/** The ways of making a title, the one that says most first. */
const WAYS = [ofRun, ofHeadline, ofPush, ofSentence, ofRemark, ofActivity, ofThing, ofProse, ofType, ofPlace];

/** What happened to which thing, in one line that makes sense alone; `otherwise` where nothing is named. */
export function readTitle(parts: TitleParts, otherwise = NAMELESS): string {
  for (const make of WAYS) {
    const title = toLine(maskText(make(parts) ?? ''), TITLE_LIMIT);
    if (title) return title;
  }
  return otherwise;
}
