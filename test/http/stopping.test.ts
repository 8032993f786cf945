import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import type { Clock } from '../../src/core/clock.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { aPush, aWorld } from '../world.ts';

describe('stopping', () => {
  it('is not ready at once, and takes what still comes until whoever sends it has seen that', async () => {
    const grace = 60_000;
    const over = Promise.withResolvers<void>();
    const clock: Clock = {
      ...systemClock,
      sleep: (milliseconds, signal) =>
        milliseconds === grace ? over.promise : systemClock.sleep(milliseconds, signal),
    };
    await using world = await aWorld({ clock });
    const endpoint = await world.endpoint('github', 'in #ops');
    const stopped = world.app.stop({ grace });
    assert.equal((await fetch(`${world.publicUrl}/readyz`)).status, 503);
    assert.equal((await world.deliver(endpoint, aPush())).status, 202);
    over.resolve();
    await stopped;
    await assert.rejects(fetch(`${world.publicUrl}/healthz`));
    const journal = await openJournal({ path: join(world.folder, 'journal.db') });
    assert.equal((await journal.events.list({ limit: 10 })).length, 1);
    await journal.close();
  });

  for (const [what, text] of [
    ['half a header', 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-'],
    ['a header and half a body', 'POST /in/nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf'],
    ['nothing', ''],
  ] as const)
    it(`does not depend on a peer that has sent ${what}`, async () => {
      const world = await aWorld();
      const socket = connect(Number(new URL(world.publicUrl).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      if (text) await new Promise((written) => socket.write(text, written));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      await world[Symbol.asyncDispose]();
      await closed;
      assert.equal(socket.destroyed, true);
    });
});
