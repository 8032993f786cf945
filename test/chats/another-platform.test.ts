import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type ChatDescriptor, chats } from '../../src/app/chats.ts';
import { createQuietPlatform } from '../doubles/quiet-platform.ts';
import { aPush, aWorld } from '../world.ts';

it('one more chat service is one more descriptor: it is connected, drawn and posted to like the others', async () => {
  const platform = createQuietPlatform('pigeon', 'Pigeon Post', ['ops']);
  const pigeon: ChatDescriptor = {
    name: 'pigeon',
    title: 'Pigeon Post',
    toPayloads: ({ title }) => [{ note: title?.text }],
    connect: () => ({
      platform,
      entrance: { path: '/pigeon/house', answer: async ({ body }) => ({ status: 200, body: { read: body.length } }) },
    }),
    diagnose: () => async () => [{ ok: true, what: 'The pigeons are fed.' }],
  };
  await using world = await aWorld({ descriptors: [...chats, pigeon] });

  const { json } = await world.call<{ platforms: Record<string, { ready: boolean }> }>('/readyz');
  assert.equal(json.platforms.pigeon?.ready, true);

  const endpoint = await world.endpoint('github', 'in pigeon:#ops');
  await world.deliver(endpoint, aPush());
  await world.settled();
  assert.equal(platform.posted.length, 1);
  const title = platform.posted[0]?.message.title?.text;

  const [event] = await world.events();
  const detail = await world.call<{ preview: { drawings: Record<string, unknown[]>; pigeon: unknown } }>(
    `/api/v1/events/${event?.id}`,
  );
  const { drawings, pigeon: first } = detail.json.preview;
  assert.deepEqual(Object.keys(drawings), ['slack', 'discord', 'pigeon']);
  assert.deepEqual([drawings.pigeon, first], [[{ note: title }], { note: title }]);

  const answer = await fetch(`${world.publicUrl}/pigeon/house`, { method: 'POST', body: 'coo' });
  assert.deepEqual(await answer.json(), { read: 3 });
});
