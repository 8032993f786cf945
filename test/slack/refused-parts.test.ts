import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toMessage } from '../../src/core/message/message.ts';
import { leaveOut } from '../../src/platforms/slack/connection/leave-out.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { eventually, wordsOf } from '../chats/chat.ts';
import { aSlack } from '../chats/places.ts';
import { validateSlackMessage } from '../doubles/slack/limits.ts';
import { aSlackWorld } from '../doubles/slack/world.ts';

const WHOLE = toMessage({
  severity: 'critical',
  title: { text: 'CPU firing on db1', url: 'https://grafana.example.com/' },
  author: { name: 'octocat', icon: 'https://example.com/octocat.png' },
  body: 'CPU is *99 %*',
  fields: [{ name: 'Host', value: 'db1' }],
  image: { url: 'http://minio.internal:9000/p.png', alt: 'CPU over time' },
  actions: [
    { label: 'Mute', command: 'mute', options: { for: '1h' } },
    { label: 'Silence', url: 'https://grafana.example.com/silence' },
  ],
});
const refusal = (error: string, ...problems: readonly string[]) => ({
  body: {
    ok: false,
    error,
    errors: problems,
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  },
});

describe('a picture that Slack cannot load', () => {
  it('costs the message nothing else, and a line says so', async () => {
    const { slack, platform, lines } = await aSlackWorld({ mode: 'post' });
    slack.refusePictures();
    const { leftOut } = await platform.post('C0OPS', WHOLE, { nonce: 'n1' });
    const [posted] = slack.messages('ops');
    assert.doesNotMatch(JSON.stringify(posted), /image_url/);
    const words = wordsOf(posted);
    for (const part of [
      'CPU firing on db1',
      'octocat',
      '99 %',
      'db1',
      'Mute',
      'Silence',
      'CPU over time (Slack could not load this picture)',
    ])
      assert.ok(words.includes(part), part);
    assert.match(JSON.stringify(posted?.attachments), /"color":"#/);
    assert.deepEqual(leftOut, ['a picture that Slack could not load']);
    assert.equal(lines.filter((line) => line.startsWith('Slack refused parts of a message')).length, 1);
  });

  it('is left out of an edit too', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const ref = await platform.post('C0OPS', toMessage({ body: 'Soon' }), { nonce: 'n1' });
    slack.refusePictures();
    const edited = await platform.edit(ref, WHOLE);
    assert.deepEqual(edited, { ...ref, leftOut: ['a picture that Slack could not load'] });
    assert.match(wordsOf(slack.messages('ops')[0]), /CPU firing on db1/);
  });

  for (const [what, fault] of Object.entries({
    'without a word of why': refusal('invalid_blocks'),
    'without a place': refusal('invalid_blocks', 'downloading image failed'),
    'at a place where no picture is': refusal(
      'invalid_attachments',
      'downloading image failed [json-pointer:/blocks/7/image_url]',
    ),
    'in a pointer with escapes': refusal(
      'invalid_blocks',
      'downloading image failed [json-pointer:\\/attachments\\/0\\/blocks\\/2\\/image_url]',
    ),
  }))
    it(`goes alone though it is refused ${what}`, async () => {
      const { slack, platform } = await aSlackWorld({ mode: 'post' });
      slack.fail('chat.postMessage', fault);
      await platform.post('C0OPS', WHOLE, { nonce: 'n1' });
      assert.match(wordsOf(slack.messages('ops')[0]), /CPU over time \(Slack could not load this picture\)/);
      assert.match(wordsOf(slack.messages('ops')[0]), /Mute/);
    });

  it('costs an event’s message nothing else', async (t) => {
    const { slack, world, close } = await aSlack('sockets');
    t.after(close);
    const grafana = await world.endpoint('grafana', 'in slack:#ops as cpu');
    slack.refusePictures();
    assert.equal((await world.deliver(grafana, { payload: CPU_ALERT })).status, 202);
    await eventually(() => slack.messages('ops').length, 'it is posted');
    const [posted] = slack.messages('ops');
    // What the owner is told of it may be posted by now.
    assert.equal(slack.calls('chat.postMessage').filter(({ text }) => /CPU is 99 %/.test(String(text))).length, 2);
    assert.doesNotMatch(JSON.stringify(posted), /image_url/);
    assert.match(wordsOf(posted), /CPU[\s\S]*99 %/);
    assert.match(JSON.stringify(posted), /"type":"actions"/);
  });
});

describe('a part that Slack refuses', () => {
  it('is a button alone, where Slack points at one', async () => {
    const { slack, platform } = await aSlackWorld({ mode: 'post' });
    const { attachments } = toSlackMessage(WHOLE, { parseMarkdown });
    const at = attachments[0]?.blocks.findIndex(({ type }) => type === 'actions');
    slack.fail(
      'chat.postMessage',
      refusal('invalid_attachments', `must be a valid url [json-pointer:/attachments/0/blocks/${at}/elements/1/url]`),
    );
    const { leftOut } = await platform.post('C0OPS', WHOLE, { nonce: 'n1' });
    const words = wordsOf(slack.messages('ops')[0]);
    assert.deepEqual(
      [/Mute/.test(words), /Silence/.test(words), /image_url/.test(JSON.stringify(slack.messages('ops')))],
      [true, false, true],
    );
    assert.deepEqual(leftOut, ['a part that Slack did not accept']);
  });

  it('is a link, whose words stay', () => {
    const payload = toSlackMessage(
      toMessage({ severity: 'info', body: '[the graph](https://grafana.example.com/graph)' }),
      { parseMarkdown },
    );
    const place = '/blocks/0/elements/0/elements/0';
    const lessened = leaveOut(payload, [`invalid url [json-pointer:${place}/url]`]);
    assert.match(wordsOf(lessened?.payload.blocks), /the graph/);
    assert.doesNotMatch(JSON.stringify(lessened?.payload.blocks), /"type":"link"/);
  });

  it('is a block as a whole, in whose place a line says so', () => {
    const lessened = leaveOut(toSlackMessage(WHOLE, { parseMarkdown }), ['bad [json-pointer:/attachments/0/blocks/0]']);
    assert.match(wordsOf(lessened?.payload), /A part of this message was left out: Slack did not accept it\./);
  });

  it('is everything but the text in the end, and the message is still posted', async () => {
    const { slack, platform, lines } = await aSlackWorld({ mode: 'post' });
    for (const place of ['/blocks/0', '/attachments/0/blocks/0', '/attachments/0/blocks/1'])
      slack.fail('chat.postMessage', refusal('invalid_blocks', `bad [json-pointer:${place}]`));
    const { leftOut } = await platform.post('C0OPS', WHOLE, { nonce: 'n1' });
    assert.deepEqual(
      slack.messages('ops').map(({ text, blocks }) => [text, blocks]),
      [['❌ CPU firing on db1', undefined]],
    );
    assert.deepEqual(leftOut, ['everything but its text, since Slack did not accept the rest']);
    assert.equal(lines.filter((line) => line.includes('only its text was posted')).length, 1);
  });

  it('leaves a message that Slack takes, wherever it points', () => {
    const payload = toSlackMessage(WHOLE, { parseMarkdown });
    const name = fc.constantFrom(
      'blocks',
      'attachments',
      'elements',
      'fields',
      'options',
      'rows',
      'text',
      'url',
      '__proto__',
      '0',
      '1',
      '2',
      '3',
    );
    const pointer = fc.array(name, { maxLength: 9 }).map((names) => `/${names.join('/')}`);
    const problem = fc
      .tuple(fc.constantFrom('image', 'bad', ''), fc.oneof(pointer, fc.string()))
      .map(([what, where]) => `${what} [json-pointer:${where}]`);
    fc.assert(
      fc.property(fc.array(problem, { maxLength: 4 }), (problems) => {
        const lessened = leaveOut(payload, problems);
        assert.deepEqual(lessened ? validateSlackMessage(lessened.payload) : [], []);
        assert.ok(lessened === undefined || lessened.left.length > 0);
      }),
    );
  });
});

const CPU_ALERT = {
  receiver: 'chat',
  status: 'firing',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'CPU', instance: 'db1', severity: 'critical' },
      annotations: { summary: 'CPU is 99 %' },
      startsAt: '2026-11-27T10:00:00Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://prom.example.com/g',
      fingerprint: '5571995',
      imageURL: 'http://minio.internal:9000/p.png',
      silenceURL: 'https://g.example.com/s',
    },
  ],
  groupLabels: {},
  commonLabels: { alertname: 'CPU', instance: 'db1', severity: 'critical' },
  commonAnnotations: { summary: 'CPU is 99 %' },
  externalURL: 'https://g.example.com/',
  version: '1',
  groupKey: 'k',
  orgId: 1,
};
