import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { slackEnvironment } from '../chats/places.ts';
import { aSlackChat } from '../chats/slack-chat.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { aPush, type Endpoint, type World } from '../world.ts';
import { someNodes, until } from './nodes.ts';

describe('several nodes', () => {
  it('post what was delivered to any of them, once and in order', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const endpoint = await a.endpoint('github');
    await untilKnown(b, endpoint);
    const messages = Array.from({ length: 8 }, (_, index) => `Open gate ${index}`);
    for (const [index, message] of messages.entries()) await deliverTo(index % 2 ? a : b, endpoint, aPush({ message }));
    await a.settled();
    assert.deepEqual(
      (await b.messages()).map(({ text }) => text),
      messages.map((message) => `octocat pushed to main: ${message}`),
    );
  });

  it('take a sign-in link of one on another, once, and the session on all', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const path = `/sign-in?code=${await a.app.createCode()}`;
    const first = await fetch(`${b.publicUrl}${path}`, { redirect: 'manual' });
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    assert.equal(first.status, 303);
    const session = await fetch(`${a.publicUrl}/api/v1/session`, { headers: { cookie } });
    assert.equal(session.status, 200);
    assert.equal((await fetch(`${a.publicUrl}${path}`, { redirect: 'manual' })).status, 403);
  });

  it('show a page on one what was delivered to another', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const endpoint = await a.endpoint('github');
    await untilKnown(b, endpoint);
    const seen = await watch(b);
    await a.deliver(endpoint, aPush({ message: 'Oil the hinges' }));
    await until(
      () =>
        /event: message\ndata: .*Oil the hinges/.test(seen.text) && /event: event\ndata: .*"posted"/.test(seen.text),
    );
    seen.stop();
  });

  it('know a change of one on another within a moment', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const { name } = await a.endpoint('github');
    await until(async () => (await b.type('/webhook list')).text.includes(name));
  });

  it('find that an address leads to them, whichever of them it leads to', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const said = await a.type(`/webhook address ${b.publicUrl}`);
    assert.match(said.text, new RegExp(b.publicUrl), said.text);
    await until(() => b.app.publicUrl === b.publicUrl && a.app.publicUrl === b.publicUrl);
  });

  it('post on one what is left when another stops', async () => {
    await using nodes = await someNodes(2);
    const { a, b } = nodes;
    const endpoint = await b.endpoint('github');
    await a.app.stop();
    assert.equal((await b.deliver(endpoint, aPush({ message: 'Shut the gate' }))).status, 202);
    await until(async () => (await b.messages()).some(({ text }) => text.includes('Shut the gate')));
  });

  it('take a command and a button on one that Slack had sent to another before', async () => {
    const slack = await startSlack();
    await using _ = { [Symbol.asyncDispose]: () => slack.stop() };
    await using nodes = await someNodes(2, { environment: slackEnvironment(slack, 'http') });
    const { a, b } = nodes;
    const isReady = (node: World) => node.app.platforms.get('slack')?.health().ready;
    await until(() => isReady(a) && isReady(b));
    const chat = aSlackChat(slack);
    const said = (words: RegExp) => until(async () => (await chat.seen()).find(({ text }) => words.test(text)));
    slack.postTo(`${a.publicUrl}/slack/events`);
    await chat.type('/webhook new github in #ops as api');
    await said(/api.*ready/s);
    slack.postTo(`${b.publicUrl}/slack/events`);
    await chat.type('/webhook delete api');
    const question = await said(/Delete.*api/s);
    slack.postTo(`${a.publicUrl}/slack/events`);
    await chat.press(question, question.labels.find((label) => /delete/i.test(label)) ?? '');
    await said(/api.*is deleted/s);
  });
});

/** Waits until a node knows of an endpoint that another made. */
async function untilKnown(node: World, { name }: Endpoint): Promise<void> {
  await until(async () => (await node.type('/webhook list')).text.includes(name));
}

/** Delivers to an endpoint on a node, as a load balancer would. */
async function deliverTo(node: World, endpoint: Endpoint, sending: ReturnType<typeof aPush>): Promise<void> {
  const url = new URL(new URL(endpoint.url).pathname, node.publicUrl).href;
  assert.equal((await node.deliver({ ...endpoint, url }, sending)).status, 202);
}

/** What a page that is open on a node is sent. */
async function watch({ publicUrl, app }: World) {
  const ending = new AbortController();
  const response = await fetch(`${publicUrl}/api/v1/live`, {
    headers: { authorization: `Bearer ${app.adminToken}` },
    signal: ending.signal,
  });
  const seen = { text: '', stop: () => ending.abort() };
  void (async () => {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) seen.text += chunk;
  })().catch(() => undefined);
  return seen;
}
