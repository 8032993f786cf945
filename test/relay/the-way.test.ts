import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { it } from 'node:test';
import { createAtHand } from '../../src/relay/at-hand.ts';
import { createEventComposer } from '../../src/relay/compose-event.ts';
import { createDecider } from '../../src/relay/decide-events.ts';
import { createPingHistory } from '../../src/relay/deciding/ping-history.ts';
import { NOBODY } from '../../src/relay/deciding/pings.ts';
import { createFollower } from '../../src/relay/following/follower.ts';
import { createLanes } from '../../src/relay/lanes.ts';
import { createFiringLog } from '../../src/relay/mutes/firing-log.ts';
import { createPoster } from '../../src/relay/post.ts';
import { createReceiver } from '../../src/relay/receive.ts';
import { aDelivery, aRelayParts, endpoint } from '../doubles/relay-parts.ts';

it('an event goes from receive to decide, waits in its lane, is composed when its turn comes, and is posted', async () => {
  const { parts, chat } = await aRelayParts();
  const steps: string[] = [];

  const receiver = createReceiver({
    ...parts,
    onKept(event) {
      steps.push('receive');
      decider.add(event);
    },
    onMismatch: () => assert.fail('the signature matches'),
  });
  const decider = createDecider({
    ...parts,
    rush: () => false,
    titleOf: (_event, { about }) => about.title,
    mentionsIn: () => NOBODY,
    pingHistory: createPingHistory(parts),
    firing: createFiringLog(parts),
    onDecided(_event, _read, posts) {
      steps.push('decide-events');
      lanes.add(posts);
    },
    onFault: (event, { problem }) => assert.fail(`event ${event.id} could not be evaluated: ${problem}`),
    onSetAside: (_event, reason) => assert.fail(reason),
  });
  const lanes = createLanes({
    ...parts,
    rush: () => false,
    attempt(...turn) {
      steps.push('lanes');
      return attempt(...turn);
    },
    onSettled: () => steps.push('post'),
  });
  const attempt = createPoster({
    ...parts,
    prepare(...post) {
      steps.push('follow');
      return follower.prepare(...post);
    },
    onClosed: (_post, reason) => assert.fail(reason),
    onLeftOut: (_post, leftOut) => assert.fail(leftOut.join()),
  });
  const follower = createFollower({
    ...parts,
    routeOf: (post) => eventComposer.routeOf(post),
    providerOf: (post) => eventComposer.providerOf(post),
    compose(post) {
      steps.push('compose-event');
      return eventComposer.composePost(post);
    },
    pings: async (post) => (await eventComposer.pinged(post)).length > 0,
    muteOf: () => undefined,
    composeAgain: (...earlier) => eventComposer.composeEarlier(...earlier),
  });
  const eventComposer = createEventComposer({
    ...parts,
    atHand: createAtHand(),
    onProblem: ({ message }) => assert.fail(message),
  });

  decider.start();
  const receipt = await receiver.receive(endpoint.token, aDelivery({ message: 'Fix the door' }));
  await decider.idle();
  await lanes.idle();

  assert.equal(receipt.outcome, 'kept');
  assert.deepEqual(chat.titles('ops'), ['octocat pushed to main: Fix the door']);
  assert.deepEqual(steps, ['receive', 'decide-events', 'lanes', 'follow', 'compose-event', 'post']);
  for (const step of steps) assert.ok(existsSync(`src/relay/${step}.ts`), `src/relay/${step}.ts is that step`);
});
