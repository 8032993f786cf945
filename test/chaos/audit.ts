import type { Journal } from '../../src/core/event/journal.ts';
import type { StoredPost } from '../../src/core/event/post.ts';
import type { Discord } from '../doubles/discord/double.ts';
import type { Slack } from '../doubles/slack/double.ts';
import type { ChaosEvent } from './events.ts';

export interface Audit {
  readonly lost: number;
  readonly twice: number;
  readonly findings: readonly string[];
}

interface Chats {
  readonly journal: Journal;
  readonly slack: Slack;
  readonly discord: Discord;
}

interface Standing {
  readonly id: string;
  readonly text: string;
}

/** What a delivery is called in the journal: its word is in the body. */
const PAGE = 500;

/** Finds out where each event is shown: in exactly one message, reply, edit or roll-up, in order for each subject. */
export async function audit(events: readonly ChaosEvent[], { journal, slack, discord }: Chats): Promise<Audit> {
  const [lost, twice, order]: [string[], string[], string[]] = [[], [], []];
  const messages: readonly Standing[] = [
    ...slack.workspace.messages.map((message) => ({ id: message.ts, text: JSON.stringify(message) })),
    ...discord.allMessages().map((message) => ({ id: message.id, text: JSON.stringify(message) })),
  ];
  const byId = Map.groupBy(messages, ({ id }) => id);
  const posts = await readPosts(journal);
  const wordOf = await readWords(journal, posts);
  const byWord = new Map(posts.map((post) => [wordOf.get(post.eventId ?? ''), post]));
  const said = countWords(messages);

  for (const event of events) {
    const post = byWord.get(event.word);
    const name = `event ${event.number} (${event.kind}, ${event.channel})`;
    if (!post) lost.push(`${name} is not in the journal`);
    else if (post.state !== 'posted') lost.push(`${name} is ${post.state}: ${post.error ?? 'no reason'}`);
    else if (!byId.has(post.ref?.id ?? '')) lost.push(`${name} is shown by a message that is not there`);
    else if (post.plan?.act === 'post' || post.plan?.act === 'reply') {
      const times = said.get(event.word) ?? 0;
      // A first message that was edited since says what came later.
      if (times === 0 && event.kind !== 'edit') lost.push(`${name} is said nowhere`);
      if (times > 1) twice.push(`${name} is said ${times} times`);
    }
  }
  const shown = new Set(posts.map(({ ref }) => ref?.id));
  for (const { id, text } of messages)
    if (!shown.has(id)) twice.push(`message ${id} shows no event: ${text.slice(0, 200)}`);

  for (const [subject, own] of Map.groupBy(events, (event) => event.subject)) {
    const places = own
      .flatMap(({ word }) => byWord.get(word) ?? [])
      .filter(({ plan }) => plan?.act === 'post' || plan?.act === 'reply');
    // Both chats name messages by numbers that grow and have as many digits.
    const ids = places.map(({ ref }) => ref?.id ?? '');
    if (ids.some((id, index) => id < (ids[index - 1] ?? ''))) order.push(`${subject} is out of order`);
    const last = own.at(-1);
    const shownBy = last && byWord.get(last.word);
    if (last?.kind === 'edit' && shownBy?.plan?.act !== 'rollUp') {
      const [message] = byId.get(shownBy?.ref?.id ?? '') ?? [];
      if (!message?.text.includes(last.word)) order.push(`${subject} does not show its last event`);
    }
  }
  return { lost: lost.length, twice: twice.length, findings: [...lost, ...twice, ...order] };
}

async function readPosts({ posts }: Journal): Promise<readonly StoredPost[]> {
  const all: StoredPost[] = [];
  for (let before: string | undefined; ; ) {
    const page = await posts.list({ limit: PAGE, ...(before !== undefined && { before }) });
    all.push(...page.filter(({ eventId }) => eventId !== undefined));
    before = page.at(-1)?.id;
    if (page.length < PAGE) return all;
  }
}

/** The word of each event, found in its body. */
async function readWords({ events }: Journal, posts: readonly StoredPost[]): Promise<ReadonlyMap<string, string>> {
  const words = new Map<string, string>();
  for (const { eventId = '' } of posts) {
    const event = await events.get(eventId);
    const word = /word\d+x/.exec(event?.body.toString() ?? '')?.[0];
    if (word) words.set(eventId, word);
  }
  return words;
}

/** In how many messages each word stands. */
function countWords(messages: readonly Standing[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of messages)
    for (const word of new Set(text.match(/word\d+x/g))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
