import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toDiscordMessages } from '../../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../../src/platforms/slack/message/to-slack-message.ts';
import { parseMarkdown } from '../../../src/render/markdown/markdown.ts';
import { validateDiscordMessage } from '../../doubles/discord/limits.ts';
import { validateSlackMessage } from '../../doubles/slack/limits.ts';
import { compose, templates, withoutEach } from '../tell-sample.ts';

const trackers = [
  'asana',
  'azure-devops',
  'bugsnag',
  'clickup',
  'confluence',
  'honeybadger',
  'jira',
  'notion',
  'rollbar',
  'shortcut',
  'taiga',
  'trello',
];
const samplesOf = (name: string) => [...templates.samples.of(name).values()];

for (const name of trackers)
  describe(`samples of ${name}`, () => {
    it('are rendered by the template beside them, within every limit', () => {
      for (const sample of samplesOf(name)) {
        const { message, template, problems } = compose(sample, JSON.parse(sample.body.toString()));
        assert.deepEqual([template, problems], [`templates/${name}/${sample.type}.hbs`, []]);
        assert.deepEqual(validateSlackMessage(toSlackMessage(message, { parseMarkdown })), []);
        assert.deepEqual(toDiscordMessages(message, { parseMarkdown }).flatMap(validateDiscordMessage), []);
      }
    });

    it('leave no hole in the title where a value is missing', () => {
      for (const sample of samplesOf(name))
        for (const [missing, payload] of withoutEach(JSON.parse(sample.body.toString()))) {
          const { message, problems } = compose(sample, payload);
          const title = message.title?.text ?? '';
          const place = `${sample.type} without ${missing}: ${title}`;
          assert.deepEqual(problems, [], place);
          assert.match(title, /^[^\s:·—]/, place);
          assert.doesNotMatch(
            title,
            /undefined|null|false|\(\)|\b(of|for|from|over|to) (of|for|from|over|to|was)\b|\b(of|for|from|over|to|:)$/,
            place,
          );
        }
    });
  });
