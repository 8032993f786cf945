import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { until } from '../until.ts';
import { aWorld, type Endpoint } from '../world.ts';

const lines: string[] = [];
const world = await aWorld({ log: (line) => lines.push(line) });
after(() => world[Symbol.asyncDispose]());

const SECRET = 'a-secret-of-the-sender';
const BODY = '{"event":"door.opened","id":"d-1"}';
const hmac = (text: string, { key = SECRET as string | Buffer, hash = 'sha256', encoding = 'hex' as const } = {}) =>
  createHmac(hash, key).update(text).digest(encoding);
const now = () => String(Math.floor(Date.now() / 1000));

const statusOf = async ({ url }: Endpoint, headers: Record<string, string>, query = '', body = BODY) =>
  (await fetch(url + query, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }))
    .status;

let made = 0;
const custom = (scheme: string) => world.endpoint('custom', `as c${++made} secret=${SECRET} ${scheme}`);

describe('a scheme of one’s own', () => {
  it('has its signature in a header, the address or the body', async () => {
    const proof = hmac(BODY);
    assert.equal(
      await statusOf(await custom('header=X-Acme-Signature digest=sha256 encoding=hex'), { 'x-acme-signature': proof }),
      202,
    );
    const inAddress = await custom('query=sig');
    assert.deepEqual(
      [await statusOf(inAddress, {}, `?sig=${proof}`), await statusOf(inAddress, {}, '?sig=0')],
      [202, 401],
    );
    const inBody = await custom('field=proof message={field:id}');
    const signed = JSON.stringify({ id: 'd-2', proof: hmac('d-2') });
    assert.deepEqual(
      [await statusOf(inBody, {}, '', signed), await statusOf(inBody, {}, '', signed.replace('d-2', 'd-3'))],
      [202, 401],
    );
  });

  it('signs time, id, method, path and headers in any order, and refuses what is old', async () => {
    const scheme =
      'header=x-sig message="{method} {path}\\n{time}.{id}.{header:x-nonce}.{body}" time=header:x-time id=header:x-id';
    const endpoint = await custom(`${scheme} tolerance=60`);
    const { pathname } = new URL(endpoint.url);
    const headers = (at: string) => ({
      'x-time': at,
      'x-id': 'd-1',
      'x-nonce': 'n',
      'x-sig': hmac(`POST ${pathname}\n${at}.d-1.n.${BODY}`),
    });
    assert.equal(await statusOf(endpoint, headers(now())), 202);
    assert.equal(await statusOf(endpoint, headers(String(Number(now()) - 90))), 401);
  });

  it('lists time and signatures beside one another, under a key that is written in another way', async () => {
    const endpoint = await world.endpoint(
      'custom',
      `as listed header=x-sig list=semicolon item=v2 time=item:ts message={time}:{body} digest=sha512 key=hex secret=00ff00ff00ff00ff`,
    );
    const at = now();
    const proof = hmac(`${at}:${BODY}`, { key: Buffer.from('00ff00ff00ff00ff', 'hex'), hash: 'sha512' });
    assert.equal(await statusOf(endpoint, { 'x-sig': `ts=${at};v2=${'0'.repeat(128)};v2=${proof}` }), 202);
  });

  it('is a token, a password or a key pair too', async () => {
    assert.equal(await statusOf(await custom('verify=token header=x-key'), { 'x-key': SECRET }), 202);
    const basic = `Basic ${Buffer.from(`acme:${SECRET}`).toString('base64')}`;
    assert.equal(await statusOf(await custom('verify=basic username=acme'), { authorization: basic }), 202);
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
    const pair = await world.endpoint(
      'custom',
      `as pair verify=ed25519 header=x-sig encoding=hex key=hex secret=${raw}`,
    );
    assert.equal(await statusOf(pair, { 'x-sig': sign(null, Buffer.from(BODY), privateKey).toString('hex') }), 202);
  });

  it('names its events and deliveries where it says they are', async () => {
    const endpoint = await custom('type=event id=header:x-id');
    assert.equal(await statusOf(endpoint, { 'x-signature': hmac(BODY), 'x-id': 'mine-1' }), 202);
    const [event] = await world.events(`endpoint=${endpoint.name}`);
    assert.deepEqual([event?.type, event?.deliveryId], ['door.opened', 'mine-1']);
  });

  it('is refused with the option and what it can be, where it makes no sense', async () => {
    for (const [scheme, expected] of Object.entries({
      'digest=md5': /choice for digest. It can be sha1, sha256/,
      'message={bdy}': /message. It must be text with parts such as \{time\}\.\{body\}/,
      'message={time}.{body}': /time must say where it is: header:x-timestamp/,
      'time=header:x-time': /put \{time\} into message/,
      'header=x-a query=b': /one place: give header or query/,
      'verify=hash message={body}': /unless message holds \{secret\}/,
      'key=pem': /key can be text, base64/,
      'tolerance=soon': /tolerance. It must be a number of seconds/,
      'heder=x-a': /Did you mean header/,
    })) {
      const reply = await world.type(`/webhook new custom ${scheme}`);
      assert.match(reply.text, expected, scheme);
      assert.equal(reply.data.endpoint, undefined);
    }
  });

  it('is asked for in a form that holds one to start from', async () => {
    const { form } = await world.type('/webhook new custom in #ops');
    assert.deepEqual(form?.ask, ['choices', 'secret', 'delivery', 'in', 'as']);
    assert.match(form?.options.choices ?? '', /header=x-signature/);
  });

  it('is checked against a pasted delivery before it is made, and what is nearest is named', async () => {
    const paste = `X-Acme: sha256=${hmac(BODY)}\\n\\n${BODY}`;
    const wrong = await world.type(
      `/webhook new custom header=x-acme encoding=base64 secret=${SECRET} delivery='${paste}'`,
    );
    assert.match(
      wrong.text,
      /would be refused:.*It matches with header=x-acme prefix="?sha256="? digest=sha256 encoding=hex/s,
    );
    assert.equal(wrong.data.endpoint, undefined);
    const right = await world.type(
      `/webhook new custom header=x-acme prefix=sha256= secret=${SECRET} delivery='${paste}'`,
    );
    assert.match(right.text, /The pasted delivery is accepted by this scheme/);
    assert.ok(right.data.endpoint);
  });

  it('is shown, changed by option, and never changed to one that refuses a pasted delivery', async () => {
    const endpoint = await custom('header=x-acme');
    const shown = await world.type(`/webhook scheme ${endpoint.name}`);
    assert.match(shown.text, /header=x-acme/);
    assert.match((await world.click(shown, /Change/)).form?.options.choices ?? '', /header=x-acme/);
    const paste = `X-Acme: ${hmac(BODY)}\\n\\n${BODY}`;
    const refused = await world.type(`/webhook scheme ${endpoint.name} encoding=base64 delivery='${paste}'`);
    assert.match(refused.text, /Nothing was changed/);
    assert.equal(await statusOf(endpoint, { 'x-acme': hmac(BODY) }), 202);
    await world.type(`/webhook scheme ${endpoint.name} header=x-other`);
    const other = '{"event":"door.closed"}';
    assert.equal(await statusOf(endpoint, { 'x-other': hmac(other) }, '', other), 202);
  });

  it('stands readable in the settings file, where a mistake is named and changes nothing', async () => {
    const endpoint = await custom('header=x-file message={body} encoding=hex');
    const file = join(world.folder, 'settings.json');
    const text = await readFile(file, 'utf8');
    const settings = JSON.parse(text) as { endpoints: { id: string; options: Record<string, string> }[] };
    const found = settings.endpoints.find(({ id }) => id === endpoint.id);
    assert.deepEqual({ ...found?.options }, { header: 'x-file', message: '{body}', encoding: 'hex' });
    Object.assign(found?.options ?? {}, { digest: 'md5' });
    await writeFile(file, JSON.stringify(settings));
    await until(() => lines.some((line) => /line \d+: `digest` must be one of `sha1`, `sha256`/.test(line)));
    assert.equal(await statusOf(endpoint, { 'x-file': hmac(BODY) }), 202);
    await writeFile(file, text);
  });
});
