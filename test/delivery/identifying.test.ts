import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, it } from 'node:test';
import { until } from '../until.ts';
import { aPush, aWorld, type Endpoint, type ReplyBody } from '../world.ts';

const world = await aWorld();
after(() => world[Symbol.asyncDispose]());

const SECRET = 'acme-signs-with-this';
const BODY = '{"event":"order.paid","order":42}';

const hmac = (secret: string, text: string, encoding: 'hex' | 'base64' = 'hex', hash = 'sha256') =>
  createHmac(hash, secret).update(text).digest(encoding);

const send = (endpoint: Endpoint, headers: Record<string, string>, body = BODY) =>
  fetch(endpoint.url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });

/** Sends what the endpoint refuses, and asks how it was signed. */
async function identify(endpoint: Endpoint, headers: Record<string, string>, words = '', body = BODY) {
  assert.equal((await send(endpoint, headers, body)).status, 401);
  return world.type(`/webhook identify ${endpoint.name} ${words}`);
}

const labels = ({ message }: ReplyBody) => message.actions.map(({ label }) => label);
const now = () => String(Math.floor(Date.now() / 1000));

describe('a refused delivery is identified', () => {
  it('as another provider’s, and a button makes the endpoint take it', async () => {
    const endpoint = await world.endpoint('gitlab', 'as wrong');
    const { headers, payload } = aPush();
    const body = JSON.stringify(payload);
    const signed = { ...headers, 'x-hub-signature-256': `sha256=${hmac(endpoint.secret, body)}` };
    const reply = await identify(endpoint, signed, '', body);
    assert.match(reply.text, /signed as GitHub signs/);
    assert.match(reply.text, /The secret of wrong signed it/);
    const after = await world.click(reply, /Make it a GitHub endpoint/);
    assert.match(after.text, /takes deliveries of GitHub/);
    assert.equal((await send(endpoint, signed, body)).status, 202);
    assert.match(
      JSON.stringify((await world.type('/webhook audit')).message),
      /set how deliveries of wrong are verified/,
    );
  });

  it('as signed by another secret of yours', async () => {
    const first = await world.endpoint('github', 'as first');
    const second = await world.endpoint('github', 'as second');
    const reply = await identify(second, { 'x-hub-signature-256': `sha256=${hmac(first.secret, BODY)}` });
    assert.match(reply.text, /signed by another secret of yours: that of first/);
    await world.click(reply, /Take this secret/);
    assert.equal((await send(second, { 'x-hub-signature-256': `sha256=${hmac(first.secret, BODY)}` })).status, 202);
  });

  it('by a scheme that no provider has, with a secret that is typed and never repeated', async () => {
    const endpoint = await world.endpoint('github', 'as acme');
    const at = now();
    const headers = { 'x-acme-time': at, 'x-acme-sig': `v1=${hmac(SECRET, `${at}|${BODY}`, 'base64', 'sha512')}` };
    const without = await identify(endpoint, headers);
    assert.match(without.text, /None of the \d+ secrets that could be tried signed it/);
    assert.match(without.text, /x-acme-sig header holds what may be a sha512 in base64/);
    const form = await world.click(without, /Try a secret/);
    assert.deepEqual(form.form?.ask, ['secret']);
    const reply = await world.type(`/webhook identify acme secret=${SECRET}`);
    assert.match(reply.text, /header=x-acme-sig prefix=v1= digest=sha512 encoding=base64 message=\{time\}\|\{body\}/);
    assert.doesNotMatch(JSON.stringify(reply), new RegExp(SECRET));
    await world.click(reply, /Use this scheme/);
    assert.equal((await send(endpoint, headers)).status, 202);
    const shown = JSON.stringify((await world.type('/webhook show acme')).message);
    assert.match(shown, /"name":"Scheme".*header=x-acme-sig/);
  });

  it('as nearly right: encoding, timestamp, a blank at the end of the secret, a clock', async () => {
    const custom = await world.endpoint('custom', `as near header=x-acme-sig secret=${SECRET}`);
    const encoded = await identify(custom, { 'x-acme-sig': hmac(SECRET, BODY, 'base64') });
    assert.match(encoded.text, /Right key, wrong encoding: it is written in base64/);
    const blank = await identify(custom, { 'x-acme-sig': hmac(`${SECRET} `, BODY) });
    assert.match(blank.text, /has a blank at its end where the sender has it/);
    assert.deepEqual(labels(blank), []);
    const timed = await world.endpoint('stripe', `as timed secret=whsec_${SECRET}`);
    const untimed = await identify(timed, { 'stripe-signature': hmac(`whsec_${SECRET}`, BODY) });
    assert.match(untimed.text, /the hash of the body matches without the timestamp/);
    const at = String(Number(now()) - 600);
    const late = await identify(timed, {
      'stripe-signature': `t=${at},v1=${hmac(`whsec_${SECRET}`, `${at}.${BODY}`)}`,
    });
    assert.match(late.text, /clock or ours is 10 minutes off/);
    assert.match(late.message.title?.text ?? '', /Nearly/);
  });

  it('as what nobody signed, where it carries no signature', async () => {
    const endpoint = await world.endpoint('github', 'as bare');
    assert.match((await identify(endpoint, {})).text, /Nothing in it looks like a signature/);
  });

  it('from a paste too, whatever became of its line ends', async () => {
    const pasted = `POST /hook HTTP/1.1\\nX-Acme-Sig: ${hmac(SECRET, `${BODY}\n`)}\\n\\n${BODY}`;
    const reply = await world.type(`/webhook identify delivery='${pasted}' secret=${SECRET}`);
    assert.match(reply.text, /header=x-acme-sig/);
  });

  it('by its owners alone', async () => {
    const endpoint = await world.endpoint('github', 'as mine');
    await send(endpoint, { 'x-hub-signature-256': `sha256=${hmac('guessed-by-somebody', BODY)}` });
    const outsider = { platform: 'local', channel: 'ops', channelName: 'ops', user: 'eve', userName: 'Eve' } as const;
    const asked = { text: `/webhook identify mine secret=guessed-by-somebody` };
    const reply = await world.app.run(asked, { ...outsider, role: 'member' });
    assert.match(reply.message.body, /Only an owner of|no endpoint/);
  });
});

describe('what was identified', () => {
  it('has an endpoint without a provider take what it holds', async () => {
    const { data } = await world.type('/webhook new in #waiting as waiting');
    const endpoint = data?.endpoint ?? assert.fail('no endpoint was made');
    const headers = { 'x-acme-sig': hmac(SECRET, BODY) };
    assert.equal((await send(endpoint, headers)).status, 202);
    const pasted = `X-Acme-Sig: ${headers['x-acme-sig']}\\n\\n${BODY}`;
    const reply = await world.type(`/webhook identify waiting secret=${SECRET} delivery='${pasted}'`);
    assert.match((await world.click(reply, /Use this scheme/)).text, /The held delivery was accepted/);
  });

  it('is set unless somebody else changed the scheme in that moment', async () => {
    await world.endpoint('custom', `as shared header=x-a secret=${SECRET}`);
    const change = (words: string) => world.type(`/webhook scheme shared ${words}`);
    const said = (await Promise.all([change('encoding=base64'), change('header=x-b')])).map(({ text }) => text);
    assert.equal(said.filter((text) => /from now on/.test(text)).length, 1);
    assert.equal(said.filter((text) => /Somebody else changed/.test(text)).length, 1);
    const form = (await change('change')).form ?? assert.fail('no form');
    await change('digest=sha512');
    const late = await world.call<ReplyBody>('/api/v1/commands', {
      method: 'POST',
      body: { command: form.command, options: form.options, channel: 'ops', user: 'Mona' },
    });
    assert.match(late.json.text, /Somebody else changed/);
  });

  it('is found by a name that looks like a refused delivery, and says where the endpoint is gone', async () => {
    const named = await world.endpoint('github', 'as r9000');
    assert.match((await identify(named, {})).text, /Nothing in it looks like a signature/);
    const { json } = await world.call<{ refusals: { id: string }[] }>('/api/v1/refusals');
    await world.click(await world.type('/webhook delete r9000'), /Delete/);
    assert.match((await world.type(`/webhook identify r${json.refusals[0]?.id}`)).text, /endpoint.* was deleted/);
  });
});

describe('the button that finds the scheme', () => {
  it('is where refusals are: in why, in show, and in the notice', async () => {
    const endpoint = await world.endpoint('github', 'in #doors as door');
    for (let times = 0; times < 5; times++)
      await send(endpoint, { 'x-hub-signature-256': `sha256=${hmac(`wrong-secret-${times}`, BODY)}` });
    await world.settled();
    for (const reply of [await world.type('/webhook why door'), await world.type('/webhook show door')])
      assert.ok(labels(reply).includes('Find the scheme'), labels(reply).join());
    const [notice] = await world.messages('doors');
    assert.ok(notice?.message.actions.some(({ label }) => label === 'Find the scheme'));
    const reply = await world.click(await world.type('/webhook why door'), /Find the scheme/);
    assert.match(reply.text, /looks like a delivery of GitHub/);
  });
});

describe('what is kept of a refused delivery for this', () => {
  it('is sealed, is five of an endpoint, and goes with the endpoint', async () => {
    const endpoint = await world.endpoint('github', 'as flooded');
    const token = 'no-journal-shows-this-token';
    const flood = Array.from({ length: 40 }, (_, index) => send(endpoint, { 'x-gitlab-token': `${token}-${index}` }));
    await Promise.all(flood);
    using database = new DatabaseSync(join(world.folder, 'journal.db'), { readOnly: true });
    const count = () => database.prepare('select count(*) as n from proofs where endpoint_id = ?').get(endpoint.id)?.n;
    assert.equal(count(), 5);
    for (const file of ['journal.db', 'journal.db-wal'])
      assert.equal((await readFile(join(world.folder, file))).includes(token), false, file);
    assert.doesNotMatch(JSON.stringify(await world.call('/api/v1/refusals')), new RegExp(token));
    await world.click(await world.type('/webhook delete flooded'), /Delete/);
    await until(() => count() === 0);
  });
});
