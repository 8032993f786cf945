import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, type Endpoint } from '../world.ts';
import { eventually, wordsOf } from './chat.ts';
import { aSlack } from './places.ts';

const LEAKS = /vault|board|Fix the safe/;

describe('a private channel in Slack', () => {
  let place: Awaited<ReturnType<typeof aSlack>>;
  let endpoint: Endpoint;
  before(async () => {
    place = await aSlack('sockets');
    const { workspace } = place.slack;
    workspace.addUser('sam');
    workspace.addChannel('board', { kind: 'private', members: ['U0MEMBER'] });
    const made = await ask('new github as vault', { channel: 'board' });
    const [url = ''] = /http:[^"`\s|>]+\/in\/[\w-]+/.exec(made) ?? [];
    const [secret = ''] = /\b[0-9a-f]{64}\b/.exec(made) ?? [];
    endpoint = { name: 'vault', provider: 'github', id: '', url, secret };
    await place.world.deliver(endpoint, aPush({ message: 'Fix the safe', id: 'safe-1' }));
    await place.world.settled();
  });
  after(() => place?.close());

  /** What somebody alone is answered. */
  async function ask(line: string, { user = 'member', channel = 'ops' } = {}): Promise<string> {
    const known = place.slack.answers(user).length;
    await place.slack.type(`/webhook ${line}`, { user, channel });
    const answer = await eventually(() => place.slack.answers(user)[known], `an answer to ${line}`);
    return wordsOf(answer);
  }

  it('gets its messages', () => {
    assert.match(wordsOf(place.slack.messages('board')), /Fix the safe/);
  });

  const lines = ['list', 'history', 'history vault', 'payload 1', 'event 1', 'why 1', 'why vault', 'show vault'];
  for (const line of [...lines, 'mutes', 'failed', 'replay 1', 'mute vault type=push'])
    it(`is hidden from somebody who is not in it: ${line}`, async () => {
      const answer = await ask(line, { user: 'sam' });
      assert.doesNotMatch(
        answer.replaceAll(/`?vault`?/g, (named) => (line.includes('vault') ? '' : named)),
        LEAKS,
      );
    });

  it('is shown to those who are in it, in any channel, and to them alone', async () => {
    const before = place.slack.messages('ops').length;
    assert.match(await ask('history vault'), /Fix the safe/);
    assert.match(await ask('payload 1'), /Fix the safe/);
    assert.match(await ask('mute vault type=push for 1h'), /muted/);
    assert.equal(place.slack.messages('ops').length, before);
  });

  it('is itself notified of what is done to its endpoint', async () => {
    const isSaid = (type: string) =>
      place.slack.messages('board').some((message) => new RegExp(`muted.*type=${type}`, 's').test(wordsOf(message)));
    await eventually(() => isSaid('push'), 'what was asked for in another channel');
    await place.slack.type('/webhook mute vault type=star for 1h', { channel: 'board' });
    await eventually(() => isSaid('star'), 'an answer in the channel');
  });

  it('offers nothing of itself in a form', async () => {
    await place.slack.type('/webhook show', { user: 'sam' });
    const modal = await eventually(() => place.slack.modal('sam'), 'a modal');
    assert.doesNotMatch(JSON.stringify(modal.content), LEAKS);
  });
});
