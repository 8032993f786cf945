import type { Filing } from '../../../core/message/message.ts';
import type { ForumTag } from '../servers/channels.ts';

/** What people call the same thing, the best word first. */
const CRITICAL = ['critical', 'severe', 'fatal', 'high', 'error', 'p1', 'sev1'];
const WARNING = ['warning', 'warn', 'medium', 'moderate', 'p2', 'sev2'];
const OPEN = ['open', 'opened', 'firing', 'active', 'ongoing', 'unresolved', 'triggered', 'alerting', 'new'];
const OVER = ['resolved', 'closed', 'over', 'done', 'solved', 'fixed', 'recovered', 'completed', 'ok'];
const ACKNOWLEDGED = ['acknowledged', 'acked', 'ack', 'investigating'];
const FAILED = ['failed', 'failure', 'broken', 'error'];
const RUNNING = ['running', 'in progress', 'started', 'building', 'deploying'];
const SUCCEEDED = ['succeeded', 'success', 'successful', 'passed'];
const WAITING = ['queued', 'pending', 'waiting'];
const STATES = [OPEN, OVER, ACKNOWLEDGED, FAILED, RUNNING, SUCCEEDED, WAITING, ['merged'], ['cancelled', 'canceled']];
const OURS = new Set([...CRITICAL, ...WARNING, ...STATES.flat()]);
/** As many as Discord lets a post have. */
const MOST = 5;

/**
 * The ids of the tags that a post is to have: of those its forum has, the ones that say how it stands, and those that
 * people gave it.
 */
export function chooseTags(
  { severity, state, phase }: Filing,
  { available, applied = [] }: { readonly available: readonly ForumTag[]; readonly applied?: readonly string[] },
): readonly string[] {
  const tagged = (words: readonly string[]) =>
    words.map((word) => available.find(({ name }) => plain(name) === word)).find((tag) => tag !== undefined)?.id;
  const word = plain(state ?? '');
  const chosen = [
    tagged(severity === 'critical' ? CRITICAL : severity === 'warning' ? WARNING : []),
    tagged(word ? [word, ...STATES.filter((words) => words.includes(word)).flat()] : []),
    tagged(phase === 'open' ? OPEN : phase === 'over' ? OVER : []),
  ];
  const byPeople = applied.filter((id) => available.some((tag) => tag.id === id && !OURS.has(plain(tag.name))));
  return [...new Set([...chosen.filter((id) => id !== undefined), ...byPeople])].slice(0, MOST);
}

/** A name without case, pictures and punctuation. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
