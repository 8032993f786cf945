import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { anAlertGroup } from '../relay/alert-group.ts';
import { aPullRequest } from '../relay/pull-request-course.ts';
import type { Endpoint, World } from '../world.ts';
import { aDeployment, aMergeRequest, anIncident, aPipeline, type Delivered } from './courses.ts';
import { aDiscord, aSlack } from './places.ts';

interface Shown {
  /** The first line. */
  readonly text: string;
  /** Whether it stands in a thread. */
  readonly reply: boolean;
}

interface Place {
  readonly world: World;
  readonly prefix: string;
  shown(channel: string): readonly Shown[];
  addChannel(name: string): void;
  close(): Promise<void>;
}

async function onSlack(): Promise<Place> {
  const { world, slack, close } = await aSlack('sockets');
  return {
    world,
    close,
    prefix: 'slack',
    addChannel: (name) => void slack.workspace.addChannel(name),
    shown: (channel) =>
      slack
        .messages(channel)
        .map(({ text, thread_ts: thread }) => ({ text: String(text ?? ''), reply: thread !== undefined })),
  };
}

async function onDiscord(): Promise<Place> {
  const { world, discord, close } = await aDiscord('gateway');
  return {
    world,
    close,
    prefix: 'discord',
    addChannel: (name) => void discord.addChannel(name),
    shown(channel) {
      const { id } = discord.place.named(channel);
      const threads = new Set(discord.messages(channel).map((message) => message.id));
      return discord
        .allMessages()
        .filter(({ channel_id: place }) => place === id || threads.has(place))
        .map(({ content, embeds: [embed], channel_id: place }) => ({
          text: String(content || embed?.title || embed?.description || ''),
          reply: place !== id,
        }));
    },
  };
}

for (const [name, open] of [
  ['Slack', onSlack],
  ['Discord', onDiscord],
] as const)
  describe(`what goes on, on ${name}`, () => {
    let place: Place;
    before(async () => {
      place = await open();
    });
    after(() => place?.close());

    /** Delivers one thing's events to a channel of their own, and gives back what stands there after each. */
    async function tell(
      provider: string,
      channel: string,
      events: readonly Delivered[],
    ): Promise<readonly (readonly Shown[])[]> {
      place.addChannel(channel);
      const words = `in ${place.prefix}:#${channel} as ${channel}`;
      const secret = ['pagerduty'].includes(provider) ? ' secret=a-secret-of-theirs' : '';
      const endpoint: Endpoint = await place.world.endpoint(provider, words + secret);
      const steps: (readonly Shown[])[] = [];
      for (const event of events) {
        assert.equal((await place.world.deliver(endpoint, event)).status, 202);
        await place.world.settled();
        steps.push(place.shown(channel));
      }
      return steps;
    }

    it('an alert of Alertmanager is one message, red until it folds to a green line', async () => {
      const startsAt = '2026-03-02T14:02:00Z';
      const [fired, over] = await tell('alertmanager', 'alertmanager', [
        { headers: {}, ...anAlertGroup({ startsAt }) },
        { headers: {}, ...anAlertGroup({ startsAt, status: 'resolved', endsAt: '2026-03-02T14:25:00Z' }) },
      ]);
      assert.equal(fired?.length, 1);
      assert.match(fired?.[0]?.text ?? '', /^❌ /);
      assert.equal(over?.length, 1);
      assert.match(over?.[0]?.text ?? '', /^✅ \W*Resolved after 23 min: (?!.*after)/);
    });

    it('an incident of PagerDuty is one message, through its acknowledgement to its end', async () => {
      const incident = anIncident();
      const [fired, seen, over] = await tell('pagerduty', 'pagerduty', [
        incident.triggered(),
        incident.acknowledged(),
        incident.resolved(),
      ]);
      assert.deepEqual(
        [fired, seen, over].map((shown) => shown?.length),
        [1, 1, 1],
      );
      assert.match(fired?.[0]?.text ?? '', /^❌ /);
      assert.match(seen?.[0]?.text ?? '', /^⚠️ .*acknowledged/s);
      assert.match(over?.[0]?.text ?? '', /^✅ .*resolved.* · after 30 minutes/s);
    });

    it('a pull request of GitHub is a thread, whose first message says that it was merged', async () => {
      const pull = aPullRequest();
      const steps = await tell('github', 'github-pr', [pull.opened(), pull.commented('Ship it'), pull.merged()]);
      const [first, ...replies] = steps.at(-1) ?? [];
      assert.match(first?.text ?? '', /merged #12 Raise left-pad · after \d+ minutes/);
      assert.deepEqual(
        replies.map(({ reply }) => reply),
        [true, true],
      );
    });

    it('a merge request of GitLab is a thread, whose first message says that it was merged', async () => {
      const request = aMergeRequest();
      const steps = await tell('gitlab', 'gitlab-mr', [request.opened(), request.approved(), request.merged()]);
      const [first, ...replies] = steps.at(-1) ?? [];
      assert.match(first?.text ?? '', /merged .*Raise left-pad.* · after 10 minutes/);
      assert.deepEqual(
        replies.map(({ reply }) => reply),
        [true, true],
      );
    });

    it('a deployment of GitHub is one message, from its start to its end', async () => {
      const deployment = aDeployment();
      const [running, done] = await tell('github', 'github-deployment', [deployment.running(), deployment.succeeded()]);
      assert.deepEqual([running?.length, done?.length], [1, 1]);
      assert.match(running?.[0]?.text ?? '', /^⏳ /);
      assert.match(done?.[0]?.text ?? '', /^✅ .* · after 6 minutes/s);
    });

    it('a pipeline of GitLab that failed and passes at another try is one message', async () => {
      const pipeline = aPipeline();
      const [failed, passed] = await tell('gitlab', 'gitlab-pipeline', [pipeline.failed(), pipeline.passed()]);
      assert.match(failed?.[0]?.text ?? '', /^❌ /);
      assert.equal(passed?.length, 1);
      assert.match(passed?.[0]?.text ?? '', /^✅ /);
    });
  });

describe('what goes on, in a forum of Discord', () => {
  it('has one thread for each thing, which is closed when that is over, and open when it goes on', async () => {
    const { world, discord, close } = await aDiscord('gateway');
    try {
      const forum = discord.addChannel('incidents', { kind: 'forum' });
      const endpoint = await world.endpoint('github', `in discord:${forum.id} as forum`);
      const threads = () => [...discord.place.channels.values()].filter(({ parent }) => parent === forum.id);
      const pull = aPullRequest();
      const deliver = async (event: Delivered) => {
        await world.deliver(endpoint, event);
        await world.settled();
      };
      for (const event of [pull.opened(), pull.commented('Ship it'), pull.merged()]) await deliver(event);
      const [thread, ...others] = threads();
      assert.deepEqual([others.length, thread?.archived], [0, true]);
      const texts = () => discord.allMessages().filter(({ channel_id: place }) => place === thread?.id);
      assert.equal(texts().length, 3);
      await deliver(pull.commented('Thanks', 'closed'));
      assert.deepEqual([threads().length, thread?.archived, texts().length], [1, false, 4]);
    } finally {
      await close();
    }
  });
});
