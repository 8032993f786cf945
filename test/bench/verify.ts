import { createHash } from 'node:crypto';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { toSigned } from '../../src/core/provider/fresh-delivery.ts';
import { secretsOf } from '../doubles/provider-secrets.ts';
import { providers } from '../world.ts';
import type { Row } from './run.ts';

/** Bytes. */
const SIZE = 8_192;
const ROUNDS = 3_000;
/** Microseconds: beyond the hash of the body, and with the key at hand. */
const BUDGETS = { hashed: 30, paired: 300 } as const;
/** One of each way of signing. */
const WAYS: Readonly<Record<string, keyof typeof BUDGETS>> = {
  github: 'hashed',
  stripe: 'hashed',
  svix: 'hashed',
  slack: 'hashed',
  'cal-com': 'hashed',
  telegram: 'hashed',
  discord: 'paired',
  sendgrid: 'paired',
  wise: 'paired',
  netlify: 'paired',
};

/** What verifying a delivery costs, by the way it is signed. */
export async function measureVerify(): Promise<readonly Row[]> {
  const body = Buffer.from(JSON.stringify({ text: 'x'.repeat(SIZE - 11) }));
  const hash = await timed(() => createHash('sha256').update(body).digest());
  const rows: Row[] = [];
  for (const [name, kind] of Object.entries(WAYS)) {
    const provider = providers.get(name);
    if (!provider) throw new Error(`no provider ${name}`);
    const secrets = secretsOf(name, provider);
    const context = { url: 'https://bellhop.example/in/token', options: {} };
    const plain = parseDelivery({
      method: 'POST',
      url: '/in/token',
      headers: { 'content-type': 'application/json' },
      query: {},
      body,
      receivedAt: new Date(),
      remoteAddress: '',
    });
    const delivery = parseDelivery(toSigned(plain, provider.signature, { secret: secrets?.signing ?? '', context }));
    const known = [secrets?.known ?? ''];
    const cost =
      (await timed(() => provider.signature.verify(delivery, known, context))) - (kind === 'hashed' ? hash : 0);
    rows.push({
      what: `verify ${name}: ${provider.signature.kind}`,
      measured: `${Math.max(0, cost).toFixed(1)} µs`,
      budget: `≤ ${BUDGETS[kind]} µs${kind === 'hashed' ? ' beyond the hash' : ''}`,
      met: cost <= BUDGETS[kind],
    });
  }
  return rows;
}

/** The median of many rounds, in microseconds. */
async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = performance.now();
    await work();
    times.push((performance.now() - before) * 1_000);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}
