import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openCluster } from '../../src/stores/cluster/open-cluster.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { silentLog } from '../silent-log.ts';
import { until } from '../until.ts';

/** Milliseconds in which another node takes over; a machine with much else to do needs a little longer. */
const TEN_SECONDS = 12_000;

describe('the lead', () => {
  it('falls to another node within ten seconds when the one that led is killed, and so does its lane', async () => {
    // Nobody else is there yet who might take it.
    await using members = await twoMembers(async (first) => {
      first.add('ops');
      await until(() => /runs ops/.test(first.said));
    });
    const { first, second } = members;
    assert.match(first.said, /leads/);
    assert.doesNotMatch(second.said, /leads|runs/);
    await first.end('SIGKILL');
    await until(() => /leads/.test(second.said) && /runs ops/.test(second.said), 'the other takes over', TEN_SECONDS);
  });

  it('falls to another node when the one that led stops', async () => {
    await using members = await twoMembers();
    const { first, second } = members;
    await first.end('SIGTERM');
    assert.match(first.said, /resigned/);
    await until(() => /leads/.test(second.said));
  });
});

describe('a lane', () => {
  it('is run by one node at a time, however often it is asked for', async () => {
    await using members = await twoMembers();
    const { first, second } = members;
    for (const member of [first, second, first, second]) member.add('ops');
    second.add('deploys');
    await until(() => /runs deploys/.test(first.said + second.said));
    assert.equal((first.said + second.said).match(/runs ops/g)?.length, 1);
  });
});

describe('a database', () => {
  it('of a newer Bellhop is refused, with what to do', async () => {
    const url = await aDatabase();
    const cluster = await openCluster({ url, log: silentLog });
    await cluster.database.query('update bellhop_cluster.version set version = version + 1');
    await cluster.close();
    await assert.rejects(openCluster({ url, log: silentLog }), {
      code: 'database_newer',
      message: /Start that version, or set DATABASE_URL/,
    });
  });
});

type Member = Awaited<ReturnType<typeof aMember>>;

/** Two nodes, the first of which leads; what it does before the other is there. */
async function twoMembers(before: (first: Member) => Promise<void> = async () => undefined) {
  const url = await aDatabase();
  const first = await aMember(url);
  await until(() => /leads/.test(first.said));
  await before(first);
  const second = await aMember(url);
  return {
    first,
    second,
    async [Symbol.asyncDispose]() {
      await Promise.all([first.end('SIGKILL'), second.end('SIGKILL')]);
    },
  };
}

async function aMember(url: string) {
  const child: ChildProcess = fork(join(import.meta.dirname, 'member.ts'), [url], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  const member = {
    get said() {
      return said;
    },
    add: (channel: string) => void child.send(channel),
    async end(signal: NodeJS.Signals) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
  await until(() => /joined/.test(said));
  return member;
}
