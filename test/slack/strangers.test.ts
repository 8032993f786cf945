import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isOurs } from '../../src/platforms/slack/connection/is-ours.ts';
import type { Slack } from '../doubles/slack/double.ts';
import type { Whereabouts } from '../doubles/slack/people.ts';
import { aModal, anAlert, aSlackWorld, textOf, until } from '../doubles/slack/world.ts';

const REFUSAL = /^This Bellhop serves another workspace\. Use it there, or remove the app here\.$/;

const STRANGERS: Readonly<Record<string, Whereabouts>> = {
  'in another workspace': { team: 'T0OTHER' },
  'in another workspace of an organization': { team: 'T0OTHER', enterprise: 'E0ORG' },
  'in an organization that is not ours': { enterprise: 'E0ORG' },
  'where the app is installed for a whole organization': { wide: true, enterprise: 'E0ORG' },
  'from another company, in a channel we share': { from: 'T0OTHER' },
};

for (const mode of ['socket', 'http'] as const)
  for (const [what, at] of Object.entries(STRANGERS)) {
    describe(`an admin ${what}, over ${mode},`, () => {
      const admin = { user: 'admin', ...at };

      it('gets one plain refusal for a command', async () => {
        // A command does not say where its person belongs: Slack is asked.
        if (at.from) return;
        const { slack, heard } = await aSlackWorld({ mode });
        assert.equal((await slack.type('/webhook say hi', admin)).acknowledged, true);
        await assertRefused(slack);
        assert.equal(heard.length, 0);
      });

      it('gets one plain refusal for a button, a menu and a shortcut', async () => {
        const { slack, platform, heard } = await aSlackWorld({ mode });
        await platform.post('C0OPS', anAlert, { nonce: 'n1' });
        const message = slack.messages('ops')[0] as never;
        assert.equal((await slack.click(message, 'Say hello', admin)).acknowledged, true);
        await slack.click(message, 'Mute', admin);
        await slack.shortcut('why', { message, ...admin });
        await assertRefused(slack, 3);
        assert.equal(heard.length, 0);
      });

      it('gets one plain refusal for a form, and nothing of a menu', async () => {
        const { slack, heard } = await aSlackWorld({ mode });
        const modal = await aModal(slack, '/webhook find');
        const before = heard.length;
        assert.deepEqual(await slack.suggest(modal, 'Name', 'room', at), []);
        const outcome = await slack.submit(modal, { Name: 'room-1' }, at);
        assert.match(JSON.stringify(outcome), /"response_action":"update".*Bellhop serves another workspace/);
        assert.equal(heard.length, before);
      });

      it('gets one plain refusal on the Home tab', async () => {
        const { slack, heard } = await aSlackWorld({ mode });
        await slack.openHome('admin', at);
        await until(() => slack.home('admin'));
        assert.doesNotMatch(JSON.stringify(slack.home('admin')), /api-alerts/);
        assert.match(JSON.stringify(slack.home('admin')), /Bellhop serves another workspace/);
        assert.equal(heard.length, 0);
      });
    });
  }

describe('an event from another workspace', () => {
  it('renames no channel of ours', async () => {
    const { slack, named } = await aSlackWorld();
    await slack.rename('ops', 'theirs', { team: 'T0OTHER' });
    await slack.rename('deploys', 'releases');
    await until(() => named.length);
    assert.deepEqual(named, [{ id: 'C0DEPLOYS', name: 'releases' }]);
  });
});

describe('our own people', () => {
  it('are served in a workspace of an organization, whichever of its workspaces is their home', async () => {
    const { slack, heard } = await aSlackWorld({
      prepare: (slack) => void Object.assign(slack.workspace, { enterprise: 'E0ORG' }),
    });
    await slack.type('/webhook say hi', { enterprise: 'E0ORG' });
    await slack.openHome('member', { enterprise: 'E0ORG', from: 'E0ORG' });
    await until(() => slack.home('member') && slack.ephemeral().length);
    assert.ok(heard.every(({ caller }) => caller.role === 'member'));
  });

  it('who come from outside are recognised by what Slack says about them', async () => {
    const { slack } = await aSlackWorld();
    await slack.type('/webhook say hi', { user: 'foreigner' });
    await until(() => slack.ephemeral('foreigner').length);
    assert.match(textOf(slack.ephemeral('foreigner')[0]), /Guests and people from outside/);
  });
});

describe('what Slack sends', () => {
  it('is ours only when it names our workspace, whatever else it holds', () => {
    const home = { team: 'T0ACME', enterprise: undefined, wide: false };
    const other = fc.string().filter((text) => text !== 'T0ACME');
    fc.assert(fc.property(fc.anything(), (body) => !isOurs(body, home)));
    fc.assert(fc.property(other, (team_id) => !isOurs({ team_id }, home)));
    fc.assert(fc.property(other, (id) => !isOurs({ team_id: 'T0ACME', team: { id: id || 'x' } }, home)));
    assert.ok(isOurs({ team_id: 'T0ACME' }, home));
  });
});

async function assertRefused(slack: Slack, times = 1): Promise<void> {
  await until(() => slack.ephemeral('admin').length >= times);
  assert.equal(slack.ephemeral('admin').length, times);
  for (const { text } of slack.ephemeral('admin')) assert.match(text, REFUSAL);
  assert.deepEqual(slack.calls('chat.postEphemeral'), []);
}
