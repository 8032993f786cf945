import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import { chats } from '../../src/app/chats.ts';
import { createDraw } from '../../src/app/drawings.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { discordPings, validateDiscordMessage } from '../doubles/discord/limits.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { composer, providers } from './tell-sample.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Readonly<Record<string, unknown>>[];
}

const EVENTS: readonly Examples[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
const provider = providers.get('github');
const draw = createDraw(chats);

describe('every event in the examples of GitHub’s webhooks', () => {
  it('is one of more than fifty', () => assert.ok(EVENTS.length > 50));

  for (const { name, examples } of EVENTS)
    it(`${name} has a sentence for each of its actions: ${actionsOf(examples)}`, () => {
      for (const payload of examples) {
        const { type, template, message, problems } = preview(name, payload);
        const action = String(payload.action ?? '');
        const said = message.title?.text ?? '';
        assert.equal(type, name);
        assert.deepEqual(problems, []);
        assert.equal(template, `templates/github/${name}.hbs`);
        assert.doesNotMatch(said, /undefined|\bnull\b|\[object|NaN|\{\{/, said);
        // What is written as programs write it is somebody's name for something.
        for (const word of said.match(/\w+_\w+/g) ?? []) assert.ok(JSON.stringify(payload).includes(word), said);
        assert.match(said, /\S \S/);
        assert.ok(message.title?.url?.startsWith('https://') || isNowhere(payload), `${name} ${action}: ${said}`);
        const { slack = [], discord = [] } = draw(message).drawings;
        assert.deepEqual(
          [...slack.flatMap(validateSlackMessage), ...discord.flatMap(validateDiscordMessage)],
          [],
          said,
        );
        assert.deepEqual([...slack.flatMap(slackPings), ...discord.flatMap(discordPings)], [], said);
      }
    });

  it('says different things for different actions', () => {
    for (const { name, examples } of EVENTS) {
      const posted = examples.filter((payload) => quietOf(name, payload) === undefined);
      const heads = Map.groupBy(posted, ({ action }) => String(action ?? ''));
      const sentences = Array.from(heads.values(), ([first]) => preview(name, first).message.title?.text);
      assert.equal(new Set(sentences).size, heads.size, `${name}: ${sentences.join(' | ')}`);
    }
  });

  it('is posted, or has a reason why not', () => {
    const reasons = EVENTS.flatMap(({ name, examples }) => examples.flatMap((payload) => quietOf(name, payload) ?? []));
    assert.deepEqual(
      [...new Set(reasons)].filter((reason) => !REASONS.has(reason)),
      [],
    );
  });
});

const REASONS = new Set([
  'it has not finished yet',
  'it was skipped',
  'its `opened` event already says this',
  'its publication is posted',
  'its comments are posted one by one',
  'it only tries whether deliveries arrive',
]);

function preview(name: string, payload: unknown) {
  return previewDelivery(aDelivery(name, payload), { name: 'github', provider, composer });
}

/** Why an event is not posted. */
function quietOf(name: string, payload: unknown): string | undefined {
  return readEvent(anEvent(name, payload), provider).quiet;
}

function anEvent(name: string, payload: unknown) {
  return {
    ...aDelivery(name, payload),
    id: '1',
    endpointId: '1',
    deliveryId: '1',
    provider: 'github',
    type: name,
    verification: {},
  };
}

function aDelivery(name: string, payload: unknown) {
  return {
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/json', 'x-github-event': name },
    query: {},
    body: Buffer.from(JSON.stringify(payload)),
    receivedAt: new Date(0),
    remoteAddress: '',
  };
}

/** Whether nothing in it has a page. */
function isNowhere(payload: object): boolean {
  return !/"html_url":"https/.test(JSON.stringify(payload));
}

function actionsOf(examples: Examples['examples']): string {
  return [...new Set(examples.map(({ action }) => String(action ?? 'none')))].join(', ');
}
