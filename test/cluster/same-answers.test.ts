import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aDetour } from '../doubles/postgres/detour.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { anAlert } from '../mutes/mute-world.ts';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';
import { someNodes, until } from './nodes.ts';

interface Again {
  readonly decision: {
    readonly routes: readonly { readonly outcome: string; readonly mentioned?: readonly { reason: string }[] }[];
  };
}

describe('a node that does not lead', () => {
  it('decides by what is firing as the one that leads does', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const web = await a.endpoint('alertmanager', 'in #ops as web');
    const db = await a.endpoint('alertmanager', 'in #ops as db');
    await a.click(await a.type('/webhook mute web while db is firing'), /Mute everything/);
    await until(async () => (await b.type('/webhook mutes')).text.includes('db'));
    await deliver(b, web, anAlert('NoPages'));
    const [event] = await b.events();
    assert.deepEqual(await outcomes(b, event?.id), ['post']);
    await deliver(a, db, anAlert('DiskFull'));
    assert.deepEqual(await outcomes(b, event?.id), ['hold']);
    await deliver(b, db, anAlert('DiskFull', 'resolved'));
    assert.deepEqual(await outcomes(b, event?.id), ['post']);
  });

  it('knows who was pinged for the same thing', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const endpoint = await a.endpoint('github', 'in #ops');
    await a.type('/webhook people link octocat');
    await until(async () => (await b.type('/webhook people')).text.includes('octocat'));
    for (const title of ['Oil the door', 'Oil the doors']) await deliver(a, endpoint, aReviewRequest(title));
    const [asked] = await b.events();
    const { json } = await b.call<Again>(`/api/v1/events/${asked?.id}/decision`);
    assert.match(json.decision.routes[0]?.mentioned?.[0]?.reason ?? '', /were pinged for the same thing/);
  });
});

describe('a mute that is ended on a node that does not lead', () => {
  it('has one digest, although the one that leads looks for it meanwhile', async () => {
    const database = await aDatabase();
    const way = await aDetour(database);
    await using _ = { [Symbol.asyncDispose]: way.close };
    await using leader = await aWorld({ database });
    await using other = await aWorld({ database: way.url });
    const endpoint = await leader.endpoint('github');
    await leader.type('/webhook mute github type=push for 5h');
    await deliver(leader, endpoint, aPush());
    await until(async () => (await other.type('/webhook mutes')).text.includes('1 held'));
    way.slowBy(300);
    let isEnding = true;
    const ending = other.type('/webhook unmute github').finally(() => {
      isEnding = false;
    });
    while (isEnding) await leader.app.relay.digestRemovedMutes();
    assert.match((await ending).text, /unmuted/);
    way.slowBy(0);
    await leader.app.relay.digestRemovedMutes();
    await leader.settled();
    const titles = (await leader.messages()).flatMap(({ message }) => message.title?.text ?? []);
    assert.equal(titles.filter((title) => title.startsWith('Mute ended')).length, 1, titles.join('\n'));
  });
});

async function outcomes(node: World, eventId = ''): Promise<readonly string[]> {
  const { json } = await node.call<Again>(`/api/v1/events/${eventId}/decision`);
  return json.decision.routes.map(({ outcome }) => outcome);
}

/** Delivers to an endpoint on a node, and waits until that is decided. */
async function deliver(node: World, endpoint: Endpoint, sending: Parameters<World['deliver']>[1]): Promise<void> {
  const url = new URL(new URL(endpoint.url).pathname, node.publicUrl).href;
  assert.equal((await node.deliver({ ...endpoint, url }, sending)).status, 202);
  await node.settled();
}

/** What GitHub sends of a pull request for which octocat is asked for a review. */
function aReviewRequest(title: string) {
  return {
    headers: { 'x-github-event': 'pull_request', 'x-github-delivery': crypto.randomUUID() },
    payload: {
      action: 'review_requested',
      number: 7,
      requested_reviewer: { login: 'octocat' },
      pull_request: {
        number: 7,
        title,
        html_url: 'https://github.com/acme/api/pull/7',
        state: 'open',
        user: { login: 'mona' },
      },
      repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
      sender: { login: 'mona' },
    },
  };
}
