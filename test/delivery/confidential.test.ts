import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { HookEvent } from '../../src/core/event/event.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { aWorld, providers, type World } from '../world.ts';

const SECRET = 'The vault stands open';

const note = {
  object_kind: 'note',
  event_type: 'confidential_note',
  user: { name: 'Mona', username: 'mona', email: SECRET },
  project: { path_with_namespace: 'acme/api', web_url: 'https://gitlab.com/acme/api', description: SECRET },
  object_attributes: { id: 1, note: SECRET, description: SECRET, url: 'https://gitlab.com/acme/api/-/issues/7#note_1' },
  issue: { iid: 7, title: SECRET, description: SECRET, confidential: true, labels: [{ title: SECRET }] },
};

async function deliverNote(world: World) {
  const endpoint = await world.endpoint('gitlab', 'in #ops');
  await world.deliver(endpoint, { payload: note, headers: { 'x-gitlab-event': 'Confidential Note Hook' } });
  await world.settled();
}

describe('a confidential note of GitLab', () => {
  it('shows no text of its own, in no message, list or payload, whatever template makes the message', async () => {
    await using world = await aWorld();
    const file = join(world.folder, 'settings.json');
    await world.endpoint('gitlab', 'in #ops as first');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    const source = `{{title issue.title object_attributes.note url=@about.url}}{{object_attributes.note}}{{json this}}{{field "All" (json issue)}}`;
    settings.templates.push({ provider: 'gitlab', type: 'note', source });
    writeFileSync(file, JSON.stringify(settings));
    await deliverNote(world);
    const replies = await Promise.all(
      ['payload 1', 'event 1', 'why 1', 'history', 'menu 1 full=yes'].map((text) => world.type(`/webhook ${text}`)),
    );
    const shown = JSON.stringify([await world.messages(), await world.events(), replies]);
    assert.ok(!shown.includes('vault'), shown.slice(Math.max(0, shown.indexOf('vault') - 200)));
    assert.match(JSON.stringify(await world.messages()), /confidential/);
  });

  it('shows none by the layout that stands in for a failing template either, and all of it to an owner who asks', async () => {
    await using world = await aWorld();
    const file = join(world.folder, 'settings.json');
    await world.endpoint('gitlab', 'in #ops as first');
    const settings = JSON.parse(readFileSync(file, 'utf8'));
    settings.templates.push({ provider: 'gitlab', type: 'note', source: '{{title (nothing' });
    writeFileSync(file, JSON.stringify(settings));
    await deliverNote(world);
    assert.doesNotMatch(JSON.stringify(await world.messages()), /vault/);
    assert.match((await world.type('/webhook reveal 1')).text, /The vault stands open/);
  });
});

describe('what is confidential in GitLab', () => {
  it('is withheld from every reader, under any name that says nothing of where or how', () => {
    const name = fc
      .stringMatching(/^[a-z][a-z_]{2,12}$/)
      .filter(
        (word) =>
          !/_at$|_id$|^(?:id|iid|ref|sha|url|path|type|state|status|action|name|username|namespace|visibility|homepage)$/.test(
            word,
          ),
      );
    fc.assert(
      fc.property(
        fc.constantFrom('object_attributes', 'issue', 'work_item', 'changes', 'epic'),
        name,
        name,
        (part, field, inner) => {
          const { incoming, about } = readEvent(
            anEvent({
              object_kind: 'issue',
              event_type: 'confidential_issue',
              [part]: { confidential: true, [field]: SECRET, list: [SECRET, { [inner]: SECRET }] },
            }),
            providers.get('gitlab'),
          );
          assert.doesNotMatch(JSON.stringify([incoming.payload, about]), /vault/);
          assert.equal(about.confidential, true);
        },
      ),
    );
  });

  it('is nothing of what everybody may read', () => {
    const { incoming, about } = readEvent(
      anEvent({ object_kind: 'issue', object_attributes: { title: SECRET, confidential: false } }),
      providers.get('gitlab'),
    );
    assert.match(JSON.stringify(incoming.payload), /vault/);
    assert.equal(about.confidential, undefined);
  });
});

function anEvent(payload: object): HookEvent {
  return {
    id: '1',
    endpointId: 'e',
    provider: 'gitlab',
    type: 'issue',
    deliveryId: '1',
    verification: {},
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    query: {},
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: new Date(),
    remoteAddress: '',
  };
}
