import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Headers, Parsed } from '../../src/core/delivery/delivery.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { Signature } from '../../src/core/provider/signature.ts';
import generic from '../../src/providers/generic.ts';
import gitea from '../../src/providers/gitea.ts';
import gitlab from '../../src/providers/gitlab.ts';
import { basic } from '../../src/signatures/basic.ts';
import { hmac } from '../../src/signatures/hmac.ts';
import { stamped } from '../../src/signatures/stamped.ts';
import { standardWebhooks } from '../../src/signatures/standard-webhooks.ts';
import { timestamped } from '../../src/signatures/timestamped.ts';
import { token } from '../../src/signatures/token.ts';
import { unsigned } from '../../src/signatures/unsigned.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';

const NOW = new Date('2026-05-01T12:00:00Z');
const BODY = `{"hello":"wörld","sentAt":${NOW.getTime()}}`;
const SECRET = 'c2VjcmV0LXRoYXQtaXMtYmFzZTY0';

interface Way {
  readonly name: string;
  readonly signature: Signature;
  /** The header that proves it. */
  readonly header: string;
  readonly options?: Readonly<Record<string, string>>;
  /** Whether the body is part of what is signed. */
  readonly signsBody: boolean;
  /** Whether the time of signing is a header or in one, so that signing later makes it later. */
  readonly signsTime: boolean;
}

const list = timestamped({ header: 'x-signature', time: { field: 't', signature: 'v1' }, separator: '.' });
const ways: readonly Way[] = [
  {
    name: 'hmac',
    signature: hmac({ header: 'x-signature', prefix: 'sha256=' }),
    header: 'x-signature',
    signsBody: true,
    signsTime: false,
  },
  {
    name: 'hmac in base64',
    signature: hmac({ header: 'x-signature', algorithm: 'sha512', encoding: 'base64' }),
    header: 'x-signature',
    signsBody: true,
    signsTime: false,
  },
  {
    name: 'hmac as a list',
    signature: hmac({ header: 'x-signature', prefix: 'v1=', list: true }),
    header: 'x-signature',
    signsBody: true,
    signsTime: false,
  },
  {
    name: 'hmac with the time in the body',
    signature: stamped(hmac({ header: 'x-signature' }), { field: 'sentAt', unit: 'milliseconds', tolerance: 60 }),
    header: 'x-signature',
    signsBody: true,
    signsTime: false,
  },
  {
    name: 'time and signature in one header',
    signature: list,
    header: 'x-signature',
    signsBody: true,
    signsTime: true,
  },
  {
    name: 'time in its own header',
    signature: timestamped({ header: 'x-signature', time: { header: 'x-time' }, separator: ':' }),
    header: 'x-signature',
    signsBody: true,
    signsTime: true,
  },
  {
    name: 'Standard Webhooks',
    signature: standardWebhooks(),
    header: 'webhook-signature',
    signsBody: true,
    signsTime: true,
  },
  {
    name: 'token',
    signature: token({ header: 'authorization', prefix: 'Bearer ' }),
    header: 'authorization',
    signsBody: false,
    signsTime: false,
  },
  { name: 'basic', signature: basic({ username: 'ada' }), header: 'authorization', signsBody: false, signsTime: false },
  {
    name: 'a generic hmac',
    signature: generic.signature,
    header: 'x-mine',
    options: { verify: 'hmac', header: 'X-Mine', prefix: 'h=', algorithm: 'sha1' },
    signsBody: true,
    signsTime: false,
  },
];

for (const { name, signature, header, options = {}, signsBody, signsTime } of ways) {
  const context = { url: 'https://bellhop.example/in/token', options };
  const verify = (delivery: Parsed, secrets: readonly string[] = [SECRET]) =>
    signature.verify(delivery, secrets, context);
  const signed = (changes: Changes = {}) => {
    const { headers, ...others } = changes;
    return aDelivery({ ...others, headers: { ...signature.sign(aDelivery(), SECRET, context), ...headers } });
  };

  describe(name, () => {
    it('accepts what it signed and names the secret that matched', async () => {
      const verdict = await verify(signed(), ['b3RoZXI=', SECRET, 'dGhpcmQ=']);
      assert.equal(verdict.ok && verdict.secret, 1);
    });

    it('refuses another secret and says how many were tried', async () => {
      assert.match(reason(await verify(signed(), ['b3RoZXI=', 'dGhpcmQ='])), /matches none of 2 secrets/);
      assert.match(reason(await verify(signed(), ['b3RoZXI='])), /does not match the secret/);
    });

    if (signsBody)
      it('refuses a body that changed by one byte', async () => {
        assert.match(reason(await verify(signed({ body: BODY.replace('h', 'H') }))), /does not match/);
      });

    it('refuses when there is no secret, or only an empty one', async () => {
      assert.match(reason(await verify(signed(), [])), /no secret/);
      assert.match(reason(await verify(signed(), [''])), /no secret/);
    });

    it('refuses a missing, an empty, a repeated and an absurdly long header', async () => {
      const { [header]: proof, ...without } = signed().headers;
      assert.equal(reason(await verify(aDelivery({ headers: without }))), `the \`${header}\` header is missing`);
      assert.equal(reason(await verify(signed({ headers: { [header]: '' } }))), `the \`${header}\` header is empty`);
      assert.equal(
        reason(await verify(signed({ headers: { [header]: [String(proof), String(proof)] } }))),
        `the \`${header}\` header came 2 times`,
      );
      assert.match(
        reason(await verify(signed({ headers: { [header]: `${proof}${' '.repeat(9000)}` } }))),
        /longer than 8 KiB/,
      );
    });

    it('refuses a proof of the right length but the wrong alphabet', async () => {
      const proof = String(signed().headers[header]);
      const strange = proof.slice(0, -10) + 'é'.repeat(10);
      assert.equal((await verify(signed({ headers: { [header]: strange } }))).ok, false);
    });

    it('refuses a proof with something after its end', async () => {
      const proof = String(signed().headers[header]);
      assert.equal((await verify(signed({ headers: { [header]: `${proof}!!` } }))).ok, false);
    });

    it('refuses what was signed with an empty secret, even beside a real one', async () => {
      const headers = signature.sign(aDelivery(), '', context);
      assert.equal((await verify(aDelivery({ headers }), ['', SECRET])).ok, false);
    });

    it('refuses a proof that lost its end', async () => {
      const proof = String(signed().headers[header]);
      assert.equal((await verify(signed({ headers: { [header]: proof.slice(0, -2) } }))).ok, false);
    });

    it('never throws and never accepts what nobody signed', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: anyCharacter }), fc.string(), fc.uint8Array(), async (proof, time, body) => {
          const headers = { [header]: proof, 'x-time': time, 'webhook-id': time, 'webhook-timestamp': time };
          assert.equal((await verify(aDelivery({ headers, body: Buffer.from(body) }))).ok, false);
        }),
        { numRuns: runs(50) },
      );
    });

    if (signsTime)
      it('measures the age and refuses what is stale or from the future', async () => {
        const after = (seconds: number) => verify(signed({ receivedAt: new Date(NOW.getTime() + seconds * 1000) }));
        const verdict = await after(12);
        assert.equal(verdict.ok && verdict.age, 12);
        assert.equal((await after(300)).ok, true);
        assert.match(
          reason(await after(412)),
          /^signed 412 s ago, 300 s are allowed: .* clock or ours is 7 minutes off$/,
        );
        assert.match(reason(await after(-301)), /^signed 301 s in the future, 300 s are allowed: .* 5 minutes off$/);
      });
  });
}

describe('examples that vendors published', () => {
  const accepts = async (signature: Signature, secret: string, delivery: Changes) => {
    const verdict = await signature.verify(aDelivery(delivery), [secret], { url: '', options: {} });
    assert.deepEqual(verdict.ok ? 'accepted' : verdict.reason, 'accepted');
  };

  it('GitHub', () =>
    accepts(hmac({ header: 'x-hub-signature-256', prefix: 'sha256=' }), "It's a Secret to Everybody", {
      body: 'Hello, World!',
      headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    }));

  it('CircleCI, which lists signatures as PagerDuty does', () =>
    accepts(hmac({ header: 'circleci-signature', prefix: 'v1=', list: true }), 'hunter123', {
      body: 'an-important-request-payload',
      headers: { 'circleci-signature': 'v0=00, v1=9be2242094a9a8c00c64306f382a7f9d691de910b4a266f67bd314ef18ac49fa' },
    }));

  it('Standard Webhooks', () =>
    accepts(standardWebhooks(), 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      body: '{"test": 2432232314}',
      receivedAt: new Date(1_614_265_330_000),
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1a,unknown v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    }));

  it('Convoy, with time and signature in one header', () =>
    accepts(
      timestamped({
        header: 'x-convoy-signature',
        time: { field: 't', signature: 'v1' },
        separator: ',',
        encoding: 'base64',
      }),
      'convoy-webhook-secret',
      {
        body: '{"event":"charge.success","amount":1000,"currency":"NGN"}',
        receivedAt: new Date(1_700_000_000_000),
        headers: { 'x-convoy-signature': 't=1700000000,v1=d7i5Jp8loZmEalWivSWz+6FRxw/a5gux3Nh/u8lDxVw=' },
      },
    ));
});

describe('the finer points of signatures', () => {
  const context = { url: '', options: {} };

  it('reads svix headers too, and takes all three from one family', async () => {
    const signed = standardWebhooks().sign(aDelivery(), SECRET, context);
    const svix = Object.fromEntries(
      Object.entries(signed).map(([name, value]) => [name.replace('webhook', 'svix'), value]),
    );
    assert.equal((await standardWebhooks().verify(aDelivery({ headers: svix }), [SECRET], context)).ok, true);
    const { 'svix-id': id = '', ...others } = svix;
    const mixed = { ...others, 'webhook-id': id };
    assert.equal(
      reason(await standardWebhooks().verify(aDelivery({ headers: mixed }), [SECRET], context)),
      'the `svix-id` header is missing',
    );
  });

  it('says when a Standard Webhooks secret is not Base64', async () => {
    const headers = standardWebhooks().sign(aDelivery(), SECRET, context);
    assert.match(
      reason(await standardWebhooks().verify(aDelivery({ headers }), ['not base64!'], context)),
      /not Base64/,
    );
  });

  it('refuses a list with two times', async () => {
    const proof = list.sign(aDelivery(), SECRET, context)['x-signature'];
    assert.match(
      reason(await list.verify(aDelivery({ headers: { 'x-signature': `t=1,${proof}` } }), [SECRET], context)),
      /exactly one `t=`/,
    );
  });

  it('judges a time inside the body only after the signature, and in the right unit', async () => {
    const signature = stamped(hmac({ header: 'x-signature' }), {
      field: 'sentAt',
      unit: 'milliseconds',
      tolerance: 60,
    });
    const late = aDelivery({
      headers: signature.sign(aDelivery(), SECRET, context),
      receivedAt: new Date(NOW.getTime() + 61_000),
    });
    assert.match(reason(await signature.verify(late, [SECRET], context)), /^signed 61 s ago, 60 s are allowed/);
    assert.match(reason(await signature.verify(late, ['other'], context)), /does not match/);
    const timeless = aDelivery({ headers: late.headers, body: '{}' });
    assert.match(reason(await signature.verify(timeless, [SECRET], context)), /does not match/);
  });

  it('can write the time of sending into a body', () => {
    const signature = stamped(hmac({ header: 'x-signature' }), {
      field: 'sentAt',
      unit: 'milliseconds',
      tolerance: 60,
    });
    assert.equal(
      signature.stamp?.(Buffer.from('{"a":1,"sentAt": 5}'), NOW).toString(),
      `{"a":1,"sentAt": ${NOW.getTime()}}`,
    );
  });

  it('requires the prefix', async () => {
    const headers = hmac({ header: 'x-signature' }).sign(aDelivery(), SECRET, context);
    const verdict = await hmac({ header: 'x-signature', prefix: 'sha256=' }).verify(
      aDelivery({ headers }),
      [SECRET],
      context,
    );
    assert.equal(reason(verdict), 'the `x-signature` header does not hold `sha256=` and a sha256 in hex');
  });

  it('refuses another prefix of the same length', async () => {
    const headers = hmac({ header: 'x-signature', prefix: 'sha512=' }).sign(aDelivery(), SECRET, context);
    assert.equal(
      (await hmac({ header: 'x-signature', prefix: 'sha256=' }).verify(aDelivery({ headers }), [SECRET], context)).ok,
      false,
    );
  });

  it('refuses a token of letters that only share their last byte with the secret', async () => {
    assert.match(
      reason(
        await token({ header: 'x-token' }).verify(aDelivery({ headers: { 'x-token': '\u0161' } }), ['a'], context),
      ),
      /no header can carry/,
    );
  });

  it('compares tokens by bytes, so that a secret may hold any letters', async () => {
    const signature = token({ header: 'x-token' });
    const headers = signature.sign(aDelivery(), 'schlüssel', context);
    assert.deepEqual(await signature.verify(aDelivery({ headers }), ['schlüssel'], context), {
      ok: true,
      secret: 0,
      covers: [],
    });
  });

  it('holds a user name against basic authentication', async () => {
    const headers = basic({ username: 'eve' }).sign(aDelivery(), SECRET, context);
    assert.equal((await basic({ username: 'ada' }).verify(aDelivery({ headers }), [SECRET], context)).ok, false);
    assert.equal((await basic().verify(aDelivery({ headers }), [SECRET], context)).ok, true);
  });

  it('lets an unsigned delivery pass without naming a secret', () => {
    assert.deepEqual(unsigned().verify(aDelivery(), [], context), { ok: true, covers: [] });
  });

  it('never shows a secret or the right signature in a reason', async () => {
    for (const { signature, header, options = {} } of ways) {
      const proof = String(signature.sign(aDelivery(), SECRET, { url: '', options })[header]);
      const refusal = reason(
        await signature.verify(aDelivery({ headers: { [header]: 'x' } }), [SECRET], { url: '', options }),
      );
      assert.ok(!refusal.includes(SECRET) && !refusal.includes(proof), refusal);
    }
  });
});

describe('providers with a choice of signatures', () => {
  it('does not fall back to the GitLab token when a signature is there', async () => {
    const context = { url: '', options: {} };
    const headers: Record<string, string> = {
      ...gitlab.signature.sign(aDelivery(), SECRET, context),
      'webhook-signature': 'v1,nonsense',
    };
    assert.equal(headers['x-gitlab-token'], SECRET);
    assert.equal((await gitlab.signature.verify(aDelivery({ headers }), [SECRET], context)).ok, false);
  });

  it('requires a signature from a GitLab endpoint that chose it', async () => {
    const headers = gitlab.signature.sign(aDelivery(), SECRET, { url: '', options: {} });
    const verdict = await gitlab.signature.verify(aDelivery({ headers }), [SECRET], {
      url: '',
      options: { verify: 'signing' },
    });
    assert.equal(reason(verdict), 'the `webhook-signature` header is missing');
  });

  it('verifies the JSON inside a form that Gitea sent', async () => {
    const context = { url: '', options: {} };
    const headers = {
      ...gitea.signature.sign(aDelivery({ body: '{"a":"b c"}' }), SECRET, context),
      'content-type': 'application/x-www-form-urlencoded',
    };
    const form = aDelivery({ headers, body: `payload=${encodeURIComponent('{"a":"b c"}')}` });
    assert.equal((await gitea.signature.verify(form, [SECRET], context)).ok, true);
    const other = aDelivery({ headers, body: 'payload=%7B%7D' });
    assert.equal((await gitea.signature.verify(other, [SECRET], context)).ok, false);
    const smuggled = aDelivery({ headers, body: `payload=${encodeURIComponent('{"a":"b c"}')}&payload=%7B%7D` });
    assert.equal((await gitea.signature.verify(smuggled, [SECRET], context)).ok, false);
  });

  it('refuses everything when a generic endpoint chose what nobody knows', async () => {
    const context = { url: '', options: { verify: 'magic' } };
    assert.match(reason(await generic.signature.verify(aDelivery(), [SECRET], context)), /option `verify`/);
  });
});

interface Changes {
  readonly headers?: Headers;
  readonly body?: string | Buffer;
  readonly receivedAt?: Date;
}

function aDelivery({ headers = {}, body = BODY, receivedAt = NOW }: Changes = {}): Parsed {
  return parseDelivery({
    method: 'POST',
    url: '/in/token',
    headers,
    query: {},
    body: Buffer.from(body),
    receivedAt,
    remoteAddress: '192.0.2.1',
  });
}

function reason(verdict: Awaited<ReturnType<Signature['verify']>>): string {
  assert.equal(verdict.ok, false);
  return verdict.ok ? '' : verdict.reason;
}
