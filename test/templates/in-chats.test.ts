import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually, wordsOf } from '../chats/chat.ts';
import { aDiscord, aSlack } from '../chats/places.ts';
import { aPush, type World } from '../world.ts';

const LONG = `{{title sender.login "threw"}}\n${'{{facts ref}} and more words\n'.repeat(300)}`;

/** A template that is longer than any form of a chat can hold. */
async function aLongTemplate(world: World, where: string) {
  const endpoint = await world.endpoint('github', `in ${where} as api`);
  await world.deliver(endpoint, aPush());
  await world.settled();
  const body = { endpoint: 'api', type: 'push', source: LONG };
  assert.equal((await world.call('/api/v1/templates/text', { method: 'PUT', body })).status, 200);
}

describe('a template on Slack', () => {
  let place: Awaited<ReturnType<typeof aSlack>>;
  before(async () => {
    place = await aSlack('sockets');
  });
  after(() => place?.close());

  it('is proposed by whoever may not save it: its owner is pinged and saves it by the button', async () => {
    const { slack, world } = place;
    await slack.type('/webhook new github in #ops as mine');
    const made = await eventually(
      () => slack.ephemeral().find((message) => /mine.*ready/s.test(wordsOf(message))),
      'an endpoint',
    );
    const owner = made.seenBy;
    slack.workspace.addUser('colleague');
    await slack.type('/webhook template save push text="{{title \'A push\' ref}}"', { user: 'colleague' });
    const notice = await eventually(
      () => slack.messages('ops').find((message) => /proposes to change github\/push/.test(wordsOf(message))),
      'a proposal',
    );
    assert.ok(JSON.stringify(notice).includes(owner), JSON.stringify(notice));
    await slack.click(notice, 'Save', { user: 'colleague' });
    assert.deepEqual(await changedIn(world, 'mine'), 'shipped');
    await slack.click(notice, 'Save');
    await eventually(async () => (await changedIn(world, 'mine')) === 'changed', 'the change');
  });

  it('longer than a form holds is shown with where to edit it, and never cut', async () => {
    const { slack, world } = place;
    await aLongTemplate(world, 'slack:#deploys');
    const before = slack.modal()?.id;
    await slack.type('/webhook template edit push of api', { user: 'admin' });
    await eventually(
      () =>
        slack.ephemeral('admin').some((message) => /A form in a chat holds shorter texts only/.test(wordsOf(message))),
      'an answer',
    );
    assert.equal(slack.modal()?.id, before);
  });
});

describe('a template on Discord', () => {
  let place: Awaited<ReturnType<typeof aDiscord>>;
  before(async () => {
    place = await aDiscord('gateway');
  });
  after(() => place?.close());

  it('longer than a form holds is shown with where to edit it, and never cut', async () => {
    const { discord, world } = place;
    await aLongTemplate(world, 'discord:#ops');
    const exchange = await discord.type('/webhook template', { action: 'edit', type: 'push', endpoint: 'api' });
    const answer = await discord.answer(exchange);
    assert.equal(exchange.modal, undefined);
    const all = discord
      .ephemeral('ops')
      .map((message) => wordsOf(message.embeds))
      .join('\n');
    assert.match(all, /A form in a chat holds shorter texts only/);
    assert.ok(!JSON.stringify(answer.components).includes('Fill in'));
  });
});

async function changedIn({ call }: World, endpoint: string): Promise<string> {
  const { json } = await call<{ origin: { kind: string } }>(`/api/v1/templates/text?endpoint=${endpoint}&type=push`);
  return json.origin.kind;
}
