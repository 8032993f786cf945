import { isSafeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import type { Limits } from '../values/limits.ts';
import { TemplateProblem } from './problem.ts';

/** The work that each value of an object or list stands for, in characters: a helper may look at all of them, and make a text of each. */
const PER_VALUE = 300;

/** Counts what one rendering uses up, and ends it with a `TemplateProblem` where it is too much. */
export interface Meter {
  /** A value as helpers get it: no longer than a message could show. */
  clip(value: unknown): unknown;
  call(name: string, run: () => unknown): unknown;
  /** Counts work, in characters or list items that are looked at. */
  spend(amount: number): void;
  print(text: string): string;
  roundsLeft(): number;
  round(): void;
  grow(printed: string, more: string): string;
  finish(printed: string): string;
}

export function createMeter(limits: Limits): Meter {
  let [calls, rounds, work, output] = [0, 0, 0, 0];

  const tooLong = () => new TemplateProblem(`The template prints more than ${said(limits.output)} characters.`);
  const spend = (amount: number) => {
    work += amount;
    if (work > limits.work) throw new TemplateProblem('The template does too much work for one message.');
  };

  const sizes = new WeakMap<object, number>();
  const most = limits.work / PER_VALUE;

  /** How many values an object or list holds, at every depth. What holds more than a template may use is not counted to its end. */
  function sizeOf(value: object): number {
    const known = sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    for (const key in value) {
      const inner: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
      size += typeof inner === 'object' && inner !== null ? sizeOf(inner) : 1;
      if (size > most) break;
    }
    sizes.set(value, size);
    return size;
  }

  return {
    spend,
    clip(value) {
      if (typeof value === 'string') {
        spend(Math.min(value.length, limits.output));
        return value.length > limits.output ? value.slice(0, limits.output) : value;
      }
      if (typeof value === 'object' && value !== null) spend(sizeOf(value) * PER_VALUE);
      return value;
    },
    call(name, run) {
      if (++calls > limits.helperCalls) {
        throw new TemplateProblem(`The template calls helpers more than ${said(limits.helperCalls)} times.`);
      }
      const result = run();
      const length =
        typeof result === 'string' ? result.length : isSafeMarkdown(result) ? toMarkdown(result).length : 0;
      if (length <= limits.output) return result;
      throw new TemplateProblem(`\`${name}\` makes a text of more than ${said(limits.output)} characters.`);
    },
    print(text) {
      output += text.length;
      if (output > limits.output) throw tooLong();
      return text;
    },
    roundsLeft: () => limits.rounds - rounds,
    round() {
      if (++rounds > limits.rounds)
        throw new TemplateProblem(`The template loops more than ${said(limits.rounds)} times.`);
    },
    grow(printed, more) {
      if (printed.length + more.length > limits.output) throw tooLong();
      return printed + more;
    },
    finish(printed) {
      if (printed.length > limits.output) throw tooLong();
      return printed;
    },
  };
}

function said(limit: number): string {
  return limit.toLocaleString('en-US');
}
