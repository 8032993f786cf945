import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi } from '@slack/bolt';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, type Slack, startSlack } from '../doubles/slack/double.ts';

const open: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of open) await close();
});

const MODAL = {
  type: 'modal' as const,
  callback_id: 'ask',
  title: { type: 'plain_text' as const, text: 'Ask' },
  submit: { type: 'plain_text' as const, text: 'Go' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'name',
      label: { type: 'plain_text' as const, text: 'Name' },
      element: { type: 'plain_text_input' as const, action_id: 'value' },
    },
  ],
};
const BUTTON = {
  type: 'button' as const,
  action_id: 'press',
  value: 'x',
  text: { type: 'plain_text' as const, text: 'Press' },
};

for (const mode of ['socket', 'http'] as const) {
  describe(`the double of Slack with the real client over ${mode}`, () => {
    it('shows what a command acknowledges and what it answers later', async () => {
      const { slack, app } = await aWorkspace(mode);
      app.command('/ask', async ({ ack, respond, command }) => {
        await ack(`Asked: ${command.text}`);
        await respond({ text: 'later', response_type: 'in_channel' });
      });
      await slack.type('/ask <why> & #ops', { channel: 'ops' });
      await until(() => slack.messages('ops').length > 0);
      assert.equal(slack.ephemeral()[0]?.text, 'Asked: &lt;why&gt; &amp; <#C0OPS|ops>');
      assert.equal(slack.messages('ops')[0]?.text, 'later');
    });

    it('opens a modal, shows its errors, and closes it', async () => {
      const { slack, app } = await aWorkspace(mode);
      app.command('/ask', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: MODAL });
      });
      app.view('ask', async ({ ack, view }) => {
        const given = view.state.values.name?.value?.value;
        await (given === 'no' ? ack({ response_action: 'errors', errors: { name: 'Not that.' } }) : ack());
      });
      await slack.type('/ask');
      await until(() => slack.modal() !== undefined);
      const refused = await slack.submit(slack.modal() as never, { Name: 'no' });
      assert.deepEqual(refused.acknowledged && refused.payload?.errors, { name: 'Not that.' });
      await slack.submit(slack.modal() as never, { Name: 'yes' });
      assert.equal(slack.modal(), undefined);
    });

    it('lets somebody click a button of a message that is then edited', async () => {
      const { slack, app } = await aWorkspace(mode);
      app.action('press', async ({ ack, client, body }) => {
        await ack();
        if (body.type === 'block_actions')
          await client.chat.update({ channel: 'C0OPS', ts: body.message?.ts ?? '', text: 'pressed' });
      });
      const blocks = [{ type: 'actions' as const, elements: [BUTTON] }];
      await app.client.chat.postMessage({ token: BOT_TOKEN, channel: 'C0OPS', text: 'press me', blocks });
      await slack.click(slack.messages('ops')[0] as never, 'Press');
      await until(() => slack.messages('ops')[0]?.text === 'pressed');
      assert.equal(slack.messages('ops')[0]?.blocks, undefined);
    });
  });
}

describe('the double of Slack', () => {
  it('takes a trigger once, and for three seconds', async () => {
    const clock = { now: 1_000_000 };
    const { slack, client } = await aClient({ now: () => clock.now });
    slack.postTo('http://127.0.0.1:1/');
    const trigger = async () => {
      await slack.shortcut('x');
      return slack.lastTrigger();
    };
    const used = await trigger();
    await client.views.open({ trigger_id: used, view: MODAL });
    assert.equal(await refusal(client.views.open({ trigger_id: used, view: MODAL })), 'exchanged_trigger_id');
    const late = await trigger();
    clock.now += 3_001;
    assert.equal(await refusal(client.views.open({ trigger_id: late, view: MODAL })), 'expired_trigger_id');
  });

  it('limits each channel by itself and says how long to wait', async () => {
    const { slack, client } = await aClient();
    slack.limit({ perSecond: 0.1, burst: 1 });
    await client.chat.postMessage({ channel: 'C0OPS', text: 'one' });
    const refused = await client.chat.postMessage({ channel: 'C0OPS', text: 'two' }).catch((error) => error);
    assert.equal(refused.retryAfter, 10);
    await client.chat.postMessage({ channel: 'C0DEPLOYS', text: 'elsewhere' });
  });

  for (const [channel, error] of [
    ['C0NOWHERE', 'channel_not_found'],
    ['C0HIDDEN', 'channel_not_found'],
    ['C0ELSEWHERE', 'not_in_channel'],
    ['C0ATTIC', 'is_archived'],
  ] as const) {
    it(`answers ${error} for ${channel}`, async () => {
      const { client } = await aClient();
      assert.equal(await refusal(client.chat.postMessage({ channel, text: 'hello' })), error);
    });
  }

  it('knows a wrong token, a revoked one, and one of the wrong kind', async () => {
    const { slack, client } = await aClient();
    assert.equal(await refusal(client.auth.test({ token: 'xoxb-guess' })), 'invalid_auth');
    assert.equal(
      await refusal(client.chat.postMessage({ token: APP_TOKEN, channel: 'C0OPS', text: 'x' })),
      'not_allowed_token_type',
    );
    slack.revoke(BOT_TOKEN);
    assert.equal(await refusal(client.auth.test()), 'token_revoked');
  });

  it('refuses a connection that brings a used ticket', async () => {
    const { client, slack } = await aClient();
    const { url = '' } = await client.apps.connections.open({ token: APP_TOKEN });
    const [first, second] = [new WebSocket(url), new WebSocket(url)];
    await Promise.all([once(first, 'open'), once(second, 'error')]);
    assert.equal(slack.connections(), 1);
    first.close();
  });

  it('sends each envelope to one connection only', async () => {
    const { slack, app } = await aWorkspace('socket');
    const second = aReceiver(slack);
    second.init(app);
    await second.start();
    open.unshift(() => second.client.disconnect());
    const heard: string[] = [];
    app.command('/ask', async ({ ack, command }) => {
      heard.push(command.text);
      await ack();
    });
    await Promise.all(['1', '2', '3', '4'].map((text) => slack.type(`/ask ${text}`)));
    assert.deepEqual(heard.toSorted(), ['1', '2', '3', '4']);
  });

  it('takes five answers at a response address, within half an hour', async () => {
    const clock = { now: 1_000_000 };
    const { slack } = await aClient({ now: () => clock.now });
    const answer = async (url: string) =>
      (await fetch(url, { method: 'POST', body: JSON.stringify({ text: 'x' }) })).status;
    const url = await aResponseUrl(slack);
    const statuses = [];
    for (let n = 0; n < 6; n++) statuses.push(await answer(url));
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 404]);
    const late = await aResponseUrl(slack);
    clock.now += 30 * 60_000 + 1;
    assert.equal(await answer(late), 404);
  });

  it('refuses blocks over a limit and points at them', async () => {
    const { client } = await aClient();
    const blocks = [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } }];
    const error = await client.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks }).catch((thrown) => thrown);
    assert.equal(error.data.error, 'invalid_blocks');
    assert.match(error.data.response_metadata.messages[0], /json-pointer:\/blocks\/0/);
  });

  it('refuses a modal over a limit', async () => {
    const { slack, client } = await aClient();
    slack.postTo('http://127.0.0.1:1/');
    await slack.shortcut('x');
    const view = { ...MODAL, title: { type: 'plain_text' as const, text: 'x'.repeat(25) } };
    assert.equal(await refusal(client.views.open({ trigger_id: slack.lastTrigger(), view })), 'invalid_arguments');
  });

  it('shows metadata only where it is asked for', async () => {
    const { client } = await aClient();
    const metadata = { event_type: 'x', event_payload: { nonce: '1' } };
    await client.chat.postMessage({ channel: 'C0OPS', text: 'one', metadata });
    const plain = await client.conversations.history({ channel: 'C0OPS' });
    const whole = await client.conversations.history({ channel: 'C0OPS', include_all_metadata: true });
    assert.deepEqual([plain.messages?.[0]?.metadata, whole.messages?.[0]?.metadata], [undefined, metadata]);
  });

  it('sends again what was sent, with the same envelope over sockets and a count over HTTP', async () => {
    for (const mode of ['socket', 'http'] as const) {
      const { slack, app } = await aWorkspace(mode);
      const heard: unknown[] = [];
      app.event('app_home_opened', async ({ body, context }) => void heard.push([body.event_id, context.retryNum]));
      await slack.openHome();
      assert.equal((await slack.redeliver()).acknowledged, true);
      await until(() => heard.length === 2);
      const [[first, none], [second, retry]] = heard as [[string, undefined], [string, number]];
      assert.deepEqual([first === second, none, retry], [true, undefined, 1]);
    }
  });

  it('offers in a menu what the app offers for what is typed', async () => {
    for (const mode of ['socket', 'http'] as const) {
      const { slack, app } = await aWorkspace(mode);
      const menu = { type: 'external_select' as const, action_id: 'value', min_query_length: 0 };
      const [input] = MODAL.blocks;
      app.command('/ask', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({
          trigger_id: body.trigger_id,
          view: { ...MODAL, blocks: input ? [{ ...input, element: menu }] : [] },
        });
      });
      app.options('value', async ({ ack, payload: { value } }) => {
        await ack({ options: [{ text: { type: 'plain_text', text: value }, value }] });
      });
      app.view('ask', async ({ ack }) => ack());
      await slack.type('/ask');
      await until(() => slack.modal() !== undefined);
      assert.deepEqual(
        (await slack.suggest(slack.modal() as never, 'Name', 'x')).map(({ value }) => value),
        ['x'],
      );
      await assert.rejects(slack.suggest(slack.modal() as never, 'Name', 'x'.repeat(151)), /no such menu/);
      await slack.submit(slack.modal() as never, { Name: 'y' });
    }
  });

  it('says who is in a channel page by page, where the app may know', async () => {
    const { slack, client } = await aClient();
    const first = await client.conversations.members({ channel: 'C0SECRET', limit: 3 });
    const second = await client.conversations.members({
      channel: 'C0SECRET',
      limit: 3,
      cursor: first.response_metadata?.next_cursor ?? '',
    });
    assert.deepEqual([first.members?.length, second.members], [3, ['U0BELLHOP']]);
    slack.scopes.delete('groups:read');
    assert.equal(await refusal(client.conversations.members({ channel: 'C0SECRET' })), 'missing_scope');
    await client.conversations.members({ channel: 'C0OPS' });
  });

  it('refuses every picture once it can download none, and points at it', async () => {
    const { slack, client } = await aClient();
    const blocks = [{ type: 'image' as const, image_url: 'https://example.com/p.png', alt_text: 'A picture' }];
    await client.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks });
    slack.refusePictures();
    const error = await client.chat.postMessage({ channel: 'C0OPS', text: 'x', blocks }).catch((thrown) => thrown);
    assert.deepEqual(error.data.errors, ['downloading image failed [json-pointer:/blocks/0/image_url]']);
  });

  it('can lose the answer of a message that it keeps', async () => {
    const { slack, client } = await aClient();
    slack.fail('chat.postMessage', { reset: true, afterwards: true });
    await assert.rejects(client.chat.postMessage({ channel: 'C0OPS', text: 'said' }));
    assert.equal(slack.messages('ops').length, 1);
  });
});

async function aClient(options: Parameters<typeof startSlack>[0] = {}) {
  const slack = await startSlack(options);
  open.push(slack.stop);
  const client = new webApi.WebClient(BOT_TOKEN, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  });
  return { slack, client };
}

function aReceiver({ apiUrl }: Slack) {
  return new SocketModeReceiver({
    appToken: APP_TOKEN,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
}

async function aWorkspace(mode: 'socket' | 'http') {
  const slack = await startSlack();
  const receiver =
    mode === 'socket'
      ? aReceiver(slack)
      : new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  const app = new App({
    token: BOT_TOKEN,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl },
    logLevel: LogLevel.ERROR,
  });
  if (receiver instanceof SocketModeReceiver) {
    await app.start();
    open.push(() => receiver.client.disconnect());
  } else {
    const server = createServer((request, response) => receiver.requestListener(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    open.push(async () => server.close());
    slack.postTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  }
  open.push(slack.stop);
  return { slack, app };
}

async function until(holds: () => boolean) {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('It did not come to that.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The address that comes with a shortcut of a message, which nobody is there to take. */
async function aResponseUrl(slack: Slack): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end();
    resolve(new URLSearchParams(body).get('response_url') ?? '');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  slack.postTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await slack.type('/x');
  server.close();
  return promise;
}

const refusal = (call: Promise<unknown>) => call.then(String, (error) => error.data.error);
