import type { Condition, ConditionInput } from '../core/event/condition.ts';
import { defineParts } from '../core/lazy-parts.ts';
import { OWN_NAMES } from './environment.ts';
import { describeProblem, Mistake } from './explain-mistake.ts';
import { type Run, readCondition } from './read-condition.ts';
import { withinBounds } from './work.ts';

/** Conditions that are kept ready; the oldest go first. */
const KEPT = 2_000;
const known = new Map<string, Condition>();

/** A condition made ready, once for each text. One that cannot be read says so of every event. */
export function toCondition(text: string): Condition {
  const found = known.get(text);
  if (found) return found;
  const condition = make(text);
  if (known.size >= KEPT) known.clear();
  known.set(text, condition);
  return condition;
}

function make(text: string): Condition {
  let [run, paths]: [Run, readonly string[]] = [() => undefined, []];
  try {
    ({ run, paths } = readCondition(text));
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    const problem = `it cannot be read: ${error.message.replace(/\.$/, '')}`;
    return { text, paths, test: () => ({ problem }) };
  }
  return { text, paths, test: (input) => test(run, input, text) };
}

function test(run: Run, input: ConditionInput, text: string): ReturnType<Condition['test']> {
  try {
    const outcome = withinBounds(() => run(toValues(input)));
    if ('problem' in outcome) return outcome;
    if (typeof outcome.value === 'boolean') return outcome.value;
    return { problem: 'it did not give true or false for this event; compare the value with something' };
  } catch (error) {
    return { problem: describeProblem(error, text) };
  }
}

/** The input under the names that conditions were given. What nobody asks for is not read. */
function toValues(input: ConditionInput): Readonly<Record<string, unknown>> {
  const { type, provider, endpoint, now, about } = input;
  return addAsked({ [OWN_NAMES.type ?? 'type']: type, provider, endpoint, now, about }, input);
}

const addAsked = defineParts<Pick<ConditionInput, 'headers' | 'payload'>, ConditionInput>({
  headers: ({ headers }) => headers,
  payload: ({ payload }) => payload ?? null,
});
