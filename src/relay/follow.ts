import type { Broadcast, Follow } from '../core/event/follow.ts';
import type { Plan } from '../core/event/plan.ts';
import type { SubjectCourse, SubjectRecord } from '../core/event/subject.ts';
import { flapsIn, type Happening, type Step, type StepRules, step } from './following/course.ts';

/** How a route wants a subject followed. */
export interface FollowRules {
  readonly follow: Exclude<Follow, 'auto'>;
  readonly broadcast: Broadcast;
  /** For how long the same again is counted instead of posted, in milliseconds. */
  readonly repeats: number;
  /** The newest event when a person closed the subject, whatever its provider says. */
  readonly closedWith?: string | undefined;
  /** Whether somebody has to look at the subject until it is over. */
  readonly isAlarm?: boolean;
}

/** What a message shows of its subject besides its event. */
export interface Standing {
  readonly over: boolean;
  /** How long it took, in milliseconds, where it is over and that is known. */
  readonly took?: number;
  /** How often the same was said, where that is more than once. */
  readonly times?: number;
  /** How often it turned, and within how many milliseconds, where that is too often. */
  readonly flaps?: { readonly times: number; readonly within: number };
}

/** What is done about a subject's next events. */
export interface Followed {
  readonly plan: Plan;
  /** How many of the events it takes in: all of them are shown by what the plan does. */
  readonly takes: number;
  /** The one that is shown. */
  readonly shown: Happening;
  readonly standing: Standing;
  /** The subject's course from now on. */
  readonly course: SubjectCourse;
  /** Whether the first message, in whose thread it is answered, is to show how the subject stands now. */
  readonly root: boolean;
}

/**
 * Plans what is done about the events of a subject that wait in a lane, oldest first. Pure: the same events, record and rules
 * give the same plan. Where messages are edited, events that wait together need one edit.
 */
export function follow(
  [first, ...later]: readonly [Happening, ...Happening[]],
  record: SubjectRecord | undefined,
  rules: FollowRules,
): Followed {
  const stepRules = toStepRules(rules);
  let last = step(record, first, stepRules);
  let [takes, shown, counted] = [1, first, last.step !== 'same' ? 0 : 1];
  const begun = last;
  if (rules.follow === 'edit')
    for (const happening of later) {
      const next = step(last.course, happening, stepRules);
      // What gets a message of its own waits until the message before shows how things ended.
      if (next.step === 'anew') break;
      takes++;
      if (next.step === 'same') counted++;
      if (next.step !== 'late') [last, shown] = [next, happening.part && !shown.part ? shown : happening];
    }
  const plan = toPlan(begun, {
    record,
    rules,
    course: last.course,
    silent: last.step === 'late' || (shown.part === true && record?.ofPart === undefined),
    allLate: last.step === 'late',
    allSame: counted === takes,
  });
  return {
    plan,
    takes,
    shown,
    standing: toStanding(last.course),
    course: last.course,
    root:
      (plan.act === 'reply' &&
        begun.step !== 'late' &&
        (begun.turned || (begun.course.phase !== 'over' && begun.course.state !== record?.state))) ||
      (plan.act === 'count' && rules.follow === 'thread'),
  };
}

function toStepRules({ follow, repeats, closedWith, isAlarm = false }: FollowRules): StepRules {
  // In a thread and in messages of their own, what is worse is read anyway, and what people write there opens nothing.
  return { repeats, worseIsNews: follow === 'edit' && isAlarm, ...(follow !== 'thread' && { closedWith }) };
}

interface Circumstances {
  readonly record: SubjectRecord | undefined;
  readonly rules: FollowRules;
  readonly course: SubjectCourse;
  /** Whether nothing in them is worth a message of its own. */
  readonly silent: boolean;
  readonly allLate: boolean;
  readonly allSame: boolean;
}

function toPlan(begun: Step, { record, rules, course, silent, allLate, allSame }: Circumstances): Plan {
  if (!record || begun.step === 'anew') {
    if (!record || begun.step !== 'anew' || begun.because === 'first') return { act: 'post' };
    return { act: 'post', because: begun.because, after: record.message };
  }
  const of = record.message;
  // A message that shows many can show no single one of them.
  if (record.rolledUp) return silent ? { act: 'keep', of } : { act: 'post', because: 'rolledUp', after: of };
  switch (rules.follow) {
    case 'new':
      return allSame ? { act: 'count', of } : { act: 'post' };
    case 'thread': {
      if (allSame) return { act: course.phase === 'over' ? 'keep' : 'count', of };
      const ends = begun.turned && course.phase === 'over';
      const shown = rules.broadcast === 'always' || (rules.broadcast === 'end' && ends);
      return { act: 'reply', of, ...(shown && { broadcast: true }) };
    }
    case 'edit':
      if (allLate) return { act: 'keep', of };
      return { act: allSame ? 'count' : 'edit', of };
  }
}

/** Milliseconds below which nobody asks how long it took. */
const LEAST = 1_000;

/** How a subject stands after its course so far. */
export function toStanding(course: SubjectCourse): Standing {
  const { phase, beganAt, times, turns } = course;
  const took = Date.parse(turns.at(-1) ?? '') - Date.parse(beganAt);
  const flaps = flapsIn(course);
  return {
    over: phase === 'over',
    ...(phase === 'over' && took >= LEAST && { took }),
    ...(times > 1 && { times }),
    ...(flaps && { flaps }),
  };
}
