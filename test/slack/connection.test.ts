import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { systemClock } from '../../src/app/system-clock.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { keepConnected } from '../../src/platforms/slack/connection/keep-connected.ts';
import { APP_TOKEN, BOT_TOKEN } from '../doubles/slack/double.ts';
import { anAlert, aSlackWorld, until } from '../doubles/slack/world.ts';

describe('the connection to Slack', () => {
  it('listens on two sockets and says so', async () => {
    const { slack, platform } = await aSlackWorld();
    assert.equal(slack.connections(), 2);
    assert.deepEqual(platform.health(), { ready: true, detail: 'Posting to Acme, listening on 2 of 2 sockets.' });
  });

  it('loses no command and runs none twice while Slack asks to reconnect again and again', async () => {
    const { slack, heard } = await aSlackWorld({ pause: 20 });
    const sent: ReturnType<typeof slack.type>[] = [];
    for (let round = 0; round < 20; round++) {
      for (let n = 0; n < 10; n++) {
        if (n === 5) slack.disconnect();
        sent.push(slack.type(`/webhook say ${round}-${n}`));
      }
      await until(() => slack.connections() === 2);
    }
    const outcomes = await Promise.all(sent);
    const answers = () => slack.ephemeral().filter(({ text }) => text.startsWith('You said'));
    await until(() => answers().length === 200);
    assert.ok(outcomes.every(({ acknowledged }) => acknowledged));
    assert.deepEqual(
      [heard.length, new Set(heard.map(({ invocation }) => JSON.stringify(invocation))).size],
      [200, 200],
    );
  });

  it('opens another at once when Slack asks for it as soon as one is open', async () => {
    const { pauses, ends, line } = aLine(['refresh_requested', 'warning', 'refresh_requested']);
    await until(() => line.connected && ends.length === 0);
    assert.deepEqual(pauses, []);
    await line.stop();
  });

  it('rests between sockets that Slack will not leave open, and after any other end', async () => {
    for (const reason of ['link_disabled', 'too_many_websockets', undefined]) {
      const { pauses, line } = aLine([reason]);
      await until(() => line.connected && pauses.length === 1);
      await line.stop();
    }
    const { pauses, ends, line } = aLine(Array(10).fill('refresh_requested'));
    await until(() => line.connected && ends.length === 0);
    assert.ok(pauses.length >= 5 && (pauses.at(-1) ?? 0) >= 8_000, String(pauses));
    await line.stop();
  });

  it('ends a client that opens only after it was given up', async () => {
    const { line, opened, closed } = aLateLine();
    await line.stop();
    opened();
    await until(closed);
  });

  it('loses no command while both sockets are taken away as soon as they are open', async () => {
    const { slack, heard } = await aSlackWorld();
    slack.renewAtOnce(2);
    slack.disconnect({ all: true });
    await until(() => slack.connections() === 2);
    await slack.type('/webhook say hi');
    await until(() => heard.length);
  });

  it('comes back after every connection broke', async () => {
    const { slack, heard } = await aSlackWorld({ pause: 20 });
    slack.kill();
    await until(() => slack.connections() === 2);
    await slack.type('/webhook say hi');
    await until(() => heard.length);
  });

  it('comes back after Slack was away', async () => {
    const { slack, platform, heard } = await aSlackWorld({ pause: 20 });
    slack.down();
    await until(() => !platform.health().ready);
    assert.match(platform.health().detail, /no socket is open|could not be reached/);
    slack.up();
    await until(() => platform.health().ready);
    await slack.type('/webhook say hi');
    await until(() => heard.length);
  });

  it('starts with a bad app token, says so, and posts all the same', async () => {
    const { slack, platform } = await aSlackWorld({ prepare: (slack) => slack.revoke(APP_TOKEN, 'invalid_auth') });
    assert.match(platform.health().detail, /commands do not arrive.*`invalid_auth`/);
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
    assert.equal(slack.messages('ops').length, 1);
  });

  it('connects once the app token works', async () => {
    const { slack, platform } = await aSlackWorld({
      pause: 20,
      prepare: (slack) => slack.revoke(APP_TOKEN, 'invalid_auth'),
    });
    slack.restore(APP_TOKEN);
    await until(() => platform.health().ready);
  });

  it('notices an app token that dies while it runs, and survives it', async () => {
    const { slack, platform } = await aSlackWorld({ pause: 20 });
    slack.revoke(APP_TOKEN, 'invalid_auth');
    slack.disconnect({ all: true });
    await until(() => !platform.health().ready);
    await until(() => platform.health().detail.includes('invalid_auth'));
    slack.restore(APP_TOKEN);
    await until(() => platform.health().ready);
  });

  it('starts with a bad bot token, says so to whoever types, and sends nothing', async () => {
    const { slack, platform } = await aSlackWorld({ prepare: (slack) => slack.revoke(BOT_TOKEN, 'invalid_auth') });
    assert.match(platform.health().detail, /refuses the bot token \(`invalid_auth`\)/);
    await slack.type('/webhook say hi');
    await until(() => slack.ephemeral().length);
    assert.match(slack.ephemeral()[0]?.text ?? '', /refuses the bot token/);
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), {
      code: 'slack_invalid_auth',
      retryAfter: 60_000,
    });
    assert.equal(slack.calls('chat.postMessage').length, 0);
  });

  it('notices a bot token that is revoked while it runs, and one that works again', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post', pause: 20 });
    slack.revoke(BOT_TOKEN);
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }), { code: 'slack_token_revoked' });
    assert.equal(platform.health().ready, false);
    slack.restore(BOT_TOKEN);
    await until(() => platform.health().ready);
    await platform.post('C0OPS', anAlert, { nonce: 'n1' });
  });

  it('asks about the bot token at once when a call was refused', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    slack.revoke(BOT_TOKEN);
    await assert.rejects(platform.post('C0OPS', anAlert, { nonce: 'n1' }));
    await until(() => slack.calls('auth.test').length === 2);
  });

  it('is tried less and less often while Slack refuses, yet at least every 30 seconds', async () => {
    const { pauses, line } = aRefusedLine();
    await until(() => pauses.length > 12);
    await line.stop();
    assert.ok(
      (pauses[0] ?? 0) <= 1_000 && Math.max(...pauses) <= 30_000 && (pauses[11] ?? 0) >= 15_000,
      String(pauses),
    );
  });

  it('ends at once when it is stopped while Slack is away', async () => {
    const { slack, platform } = await aSlackWorld();
    slack.down();
    await until(() => !platform.health().ready);
    await platform.stop();
    slack.up();
    assert.equal(slack.connections(), 0);
  });

  it('asks Slack who somebody is once in five minutes', async () => {
    const { slack, heard } = await aSlackWorld();
    for (const n of [1, 2, 3]) await slack.type(`/webhook say ${n}`);
    await until(() => heard.length === 3);
    assert.equal(slack.calls('users.info').length, 1);
  });

  it('says which scopes it lacks, once, and works all the same', async () => {
    const { platform, lines } = await aSlackWorld({ prepare: ({ scopes }) => void scopes.delete('mpim:history') });
    assert.deepEqual(platform.health(), {
      ready: true,
      detail:
        'Posting to Acme, listening on 2 of 2 sockets. The app lacks `mpim:history`: `npx bellhop doctor` says what that breaks.',
    });
    assert.equal(lines.filter((line) => line.startsWith('the Slack app lacks a scope: a post to')).length, 1);
  });

  it('posts without any way for commands to arrive', async () => {
    const { platform } = await aSlackWorld({ mode: 'post' });
    assert.deepEqual(platform.health(), {
      ready: true,
      detail: 'Posting to Acme. Commands need an app token or a signing secret.',
    });
  });

  it('says that it is not connected before it is started and after it is stopped', async () => {
    const { platform } = await aSlackWorld({ mode: 'post' });
    await platform.stop();
    await assert.rejects(platform.post('C0OPS', toMessage({ body: 'x' }), { nonce: 'n' }), {
      code: 'slack_not_started',
    });
    assert.equal(platform.health().ready, false);
  });

  it('loads Bolt only when it starts', async () => {
    const path = new URL('../../src/platforms/slack/create-slack-platform.ts', import.meta.url).href;
    const script = `await import(${JSON.stringify(path)}); const { createRequire } = await import('node:module');
      console.log(Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('slack')).length)`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    assert.equal(stdout.trim(), '0');
  });
});

describe('Slack over HTTP', () => {
  it('refuses what is not signed', async () => {
    const { post } = await overHttp();
    assert.equal((await post({ headers: {} })).status, 401);
  });

  it('takes a form whose content type names a charset', async () => {
    const { post, heard, sign } = await overHttp();
    const response = await post({
      headers: { ...sign(), 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    });
    assert.equal(response.status, 200);
    await until(() => heard.length);
  });

  it('refuses a signature of ten minutes ago', async () => {
    const { post, sign } = await overHttp();
    assert.equal((await post({ headers: sign(Date.now() - 600_000) })).status, 401);
  });

  it('answers 404 to what Slack does not send, and 503 when it is stopped', async () => {
    const { platform, url } = await overHttp();
    assert.equal((await fetch(url)).status, 404);
    await platform.stop();
    assert.equal((await fetch(url, { method: 'POST' })).status, 503);
  });

  it('answers nobody but Slack, whatever address a request names', async () => {
    const { slack, url, sign, heard } = await overHttp();
    const elsewhere = await overHttp();
    const body = `${FORM}&response_url=${encodeURIComponent(elsewhere.slack.apiUrl)}`;
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...sign(Date.now(), body) },
      body,
    });
    await until(() => heard.length && slack.ephemeral().length);
    assert.deepEqual(elsewhere.slack.calls(''), []);
  });

  it('proves its address to Slack', async () => {
    const { url, sign } = await overHttp();
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...sign(Date.now(), body) },
      body,
    });
    assert.deepEqual(await response.json(), { challenge: 'c1' });
  });
});

const FORM = 'command=%2Fwebhook&text=say+hi&user_id=U0MEMBER&channel_id=C0OPS&channel_name=ops&team_id=T0ACME';

type Listener = (data?: unknown) => void;

/** A line whose first sockets each end at once, for the reason that Slack gives or for none; the one after them stays. */
function aLine(reasons: readonly (string | undefined)[]) {
  const pauses: number[] = [];
  const ends = [...reasons];
  const client = () => {
    const listeners: Record<string, Listener> = {};
    const last = ends.length === 0;
    const reason = ends.shift();
    return {
      async start() {
        if (last) return;
        setImmediate(() => {
          if (reason) listeners.ws_message?.(JSON.stringify({ type: 'disconnect', reason }));
          listeners.disconnected?.();
        });
      },
      async disconnect() {
        listeners.disconnected?.();
      },
      on: (event: string, listener: Listener) => void Object.assign(listeners, { [event]: listener }),
    };
  };
  const line = keepConnected({ client, renew: () => false, clock: pausing(pauses), log: quietly });
  return { pauses, ends, line };
}

/** A line whose client has not opened yet. */
function aLateLine() {
  const opening = Promise.withResolvers<void>();
  let ends = 0;
  let isOpen = false;
  const client = () => ({
    start: () => opening.promise,
    async disconnect() {
      if (isOpen) ends++;
    },
    on() {},
  });
  const line = keepConnected({ client, renew: () => false, clock: pausing([]), log: quietly });
  return {
    line,
    opened() {
      isOpen = true;
      opening.resolve();
    },
    closed: () => ends > 0,
  };
}

const quiet = () => undefined;
const quietly = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** Time that notes every pause and makes none. */
function pausing(pauses: number[]) {
  return {
    ...systemClock,
    async sleep(milliseconds: number) {
      pauses.push(milliseconds);
      await new Promise(setImmediate);
    },
  };
}

function aRefusedLine() {
  const pauses: number[] = [];
  const client = {
    start: () => Promise.reject(new Error('refused')),
    disconnect: async () => undefined,
    on() {},
  };
  const line = keepConnected({ client: () => client, renew: () => false, clock: pausing(pauses), log: quietly });
  return { pauses, line };
}

async function overHttp() {
  const world = await aSlackWorld({ mode: 'http' });
  const url = world.url ?? '';
  const sign = (at = Date.now(), body = FORM) => world.slack.sign(body, at);
  const post = ({ headers }: { headers: Record<string, string> }) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: FORM,
    });
  return { ...world, url, sign, post };
}
