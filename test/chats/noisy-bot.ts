import assert from 'node:assert/strict';
import { aPush, type World } from '../world.ts';
import { type Chat, eventually } from './chat.ts';
import { aScene, toEndpoint } from './story.ts';

const EVENTS = 200;
/** One push in five is made by a person. */
const BY_BOT = 160;

/** How somebody looks elsewhere while very much happens, and comes back. */
export interface Away {
  leave(): Promise<unknown>;
  back(): Promise<unknown>;
}

/** A bot floods a channel, and somebody asks for fewer like it: the same on every chat. */
export async function tellOfNoisyBot(chat: Chat, world: World, away?: Away): Promise<void> {
  const scene = aScene(chat, world);
  const { press, behind, say, watch } = scene;
  const api = toEndpoint(await say('/webhook new github in #ops as api', /api.*ready/s), scene.endpoint);
  const push = (index: number, round: string) =>
    world.deliver(api, aPush({ by: index % 5 === 4 ? 'octocat' : 'renovate', message: `${round} ${index}` }));

  const first = await watch(() => push(0, 'Bump'), /Bump 0/);
  const menu = await behind(first);
  await away?.leave();
  for (let index = 1; index < EVENTS; index++) await push(index, 'Bump');
  await world.app.relay.decider.idle();
  await away?.back();
  // Whoever comes back sees the newest.
  const seen = away
    ? await eventually(async () => (await chat.seen()).find(({ text }) => /renovate.*Bump 19\d/s.test(text)))
    : menu;

  const offer = await press(
    seen,
    /^Fewer like this$/,
    /Fewer like.*Hide what renovate does.*40 messages of the last 7 days would be posted instead of 200/s,
  );
  const done = await press(
    offer,
    /^Hide 1/,
    /asked for fewer like.*what renovate does is hidden from now on.*about\.actor == 'renovate'/s,
  );

  for (let index = 0; index < EVENTS; index++) await push(index, 'Again');
  await world.app.relay.decider.idle();
  const events = await world.events('limit=200');
  const hidden = events.filter(({ state }) => state === 'dropped');
  assert.equal(hidden.length, BY_BOT);
  await say(`/webhook why ${hidden[0]?.id}`, /hidden by the rule.*about\.actor == 'renovate'/s);
  await say('/webhook rules', /1 rule.*hides.*160 hidden since/s);

  await press(done, /^Undo$/, /removed a rule of.*api/s);
  await push(0, 'Back');
  await world.app.relay.decider.idle();
  const [last] = await world.events('limit=1');
  assert.notEqual(last?.state, 'dropped');
}
