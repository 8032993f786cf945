import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { Ajv, type AnySchemaObject } from 'ajv';
import { diagnoseSlack } from '../../src/platforms/slack/diagnose-slack.ts';
import { toManifest } from '../../src/platforms/slack/manifest.ts';
import { APP_TOKEN, BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';

const ORACLES = new URL('../../../shared/oracles/', import.meta.url);
const absent = existsSync(ORACLES) ? false : 'Slack’s own manifest schema is not here';

describe('the manifest of the Slack app', () => {
  const manifests = [toManifest({ mode: 'socket' }), toManifest({ mode: 'http', publicUrl: 'https://hooks.example' })];
  for (const manifest of manifests) {
    const mode = manifest.settings.socket_mode_enabled ? 'sockets' : 'HTTP';
    it(`is what Slack’s schema asks for, with ${mode}`, { skip: absent }, () => {
      const validate = aValidator();
      validate(manifest);
      assert.deepEqual(validate.errors ?? [], []);
    });
  }

  it('is refused by that schema once its command loses the slash', { skip: absent }, () => {
    const [manifest] = structuredClone(manifests);
    for (const command of manifest?.features.slash_commands ?? []) Object.assign(command, { command: 'webhook' });
    assert.equal(aValidator()(manifest), false);
  });

  it('names the address for HTTP four times, menus included, and none for sockets', () => {
    const [sockets, http] = manifests.map(
      (manifest) => JSON.stringify(manifest).split('https://hooks.example/slack/events').length - 1,
    );
    assert.deepEqual([sockets, http], [0, 4]);
  });
});

describe('diagnosing Slack', () => {
  it('finds nothing wrong with an app that is set up', async () => {
    const slack = await aSlack();
    const findings = await diagnoseSlack({
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      apiUrl: slack.apiUrl,
      postTo: 'C0OPS',
    });
    assert.deepEqual(
      findings.filter(({ ok }) => !ok),
      [],
    );
    assert.equal(slack.messages('ops')[0]?.text, 'Bellhop can post here.');
  });

  it('names each scope that is missing', async () => {
    const slack = await aSlack();
    slack.scopes.delete('users:read');
    const findings = await diagnoseSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl });
    assert.match(
      findings.find(({ ok }) => !ok)?.what ?? '',
      /`users:read` is missing: admins, members and guests cannot be told apart/,
    );
  });

  for (const scope of ['channels:history', 'groups:history', 'mpim:history', 'im:history'])
    it(`says what breaks without \`${scope}\``, async () => {
      const slack = await aSlack();
      slack.scopes.delete(scope);
      const findings = await diagnoseSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl });
      const wrong = findings.filter(({ ok }) => !ok).map(({ what }) => what);
      assert.equal(wrong.length, 1);
      assert.match(wrong[0] ?? '', new RegExp(`\`${scope}\` is missing: a post to .* that Slack did not answer waits`));
    });

  it('says that an answer could not be read, and shows none of it', async () => {
    const slack = await aSlack();
    slack.fail('auth.test', { status: 200, body: '<html>Sign in</html>' });
    const findings = await diagnoseSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl });
    assert.match(findings[0]?.todo ?? '', /answer could not be read/);
    assert.doesNotMatch(JSON.stringify(findings), /html/);
  });

  it('says that an app of a whole organization is none of one workspace', async () => {
    const slack = await aSlack();
    const answer = { ok: true, team_id: 'E0ORG', team: 'Org', user: 'bellhop', is_enterprise_install: true };
    slack.fail('auth.test', { body: answer });
    const findings = await diagnoseSlack({ botToken: BOT_TOKEN, appToken: APP_TOKEN, apiUrl: slack.apiUrl });
    assert.ok(findings.some(({ ok, what }) => !ok && /whole organization/.test(what)));
  });

  it('says which token is wrong and what to do', async () => {
    const slack = await aSlack();
    const findings = await diagnoseSlack({ botToken: 'xoxb-guess', appToken: 'xapp-guess', apiUrl: slack.apiUrl });
    assert.deepEqual(
      findings.map(({ ok, what }) => [ok, what]),
      [
        [false, 'the bot token does not work'],
        [false, 'the app token does not work'],
      ],
    );
  });

  it('says that commands need a token too', async () => {
    const { apiUrl } = await aSlack();
    const findings = await diagnoseSlack({ botToken: BOT_TOKEN, apiUrl });
    assert.match(findings.find(({ ok }) => !ok)?.todo ?? '', /SLACK_APP_TOKEN/);
  });

  it('says that Slack cannot be reached', async () => {
    const findings = await diagnoseSlack({
      botToken: BOT_TOKEN,
      appToken: APP_TOKEN,
      apiUrl: 'http://127.0.0.1:1/api/',
    });
    assert.match(findings[0]?.todo ?? '', /^Slack could not be reached\. Check the network/);
  });
});

async function aSlack() {
  const slack = await startSlack();
  after(slack.stop);
  return slack;
}

function aValidator() {
  const ajv = new Ajv({ strict: false, logger: false });
  const read = (path: string): AnySchemaObject => JSON.parse(readFileSync(new URL(path, ORACLES), 'utf8'));
  for (const version of ['1.0.0', '2.0.0']) {
    const id = `https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/manifest.schema.${version}.json`;
    ajv.addSchema({ ...read(`slack-manifest-schemas/manifest.schema.${version}.json`), $id: id });
  }
  return ajv.compile(read('slack-manifest.schema.json'));
}
