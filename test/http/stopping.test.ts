import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { aWorld } from '../world.ts';

describe('stopping', () => {
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
