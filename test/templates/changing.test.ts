import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toText } from '../../src/app/drawings.ts';
import type { Reply } from '../../src/core/command/command.ts';
import { aCommandWorld, ann, bob, boss, click, dataOf, failureOf, guest } from '../doubles/command-world.ts';

const NEW = '{{title "A push to" ref}}';
const here = { ...bob, channel: 'C-ops', channelName: 'ops' };

async function aTemplateWorld() {
  const world = await aCommandWorld();
  const endpoint = await world.anEndpoint();
  await world.anEvent(endpoint);
  await world.anEvent(endpoint);
  const save = (text: string, caller = ann, options: Readonly<Record<string, string>> = {}) =>
    world.run({ command: 'template', options: { action: 'save', type: 'push', text, ...options } }, caller);
  return { ...world, endpoint, save, template: () => world.settings.current.templates };
}

describe('/webhook template', () => {
  it('lists what the events of an endpoint use, and since when', async () => {
    const { say, save } = await aTemplateWorld();
    assert.match(
      textOf(await say('template')),
      /push templates\/github\/push\.hbs, which came with Bellhop · last event/,
    );
    await save(NEW);
    assert.match(textOf(await say('template')), /push changed for this endpoint by Ann, .*\(revision 1\)/);
    assert.match(textOf(await say('template list api')), /Templates of api/);
  });

  it('saves at once what is typed, and says what it changes', async () => {
    const { save, template } = await aTemplateWorld();
    const reply = await save(NEW);
    assert.match(
      textOf(reply),
      /Ann changed the template github\/push for api\. With it, 2 of the last 2 events would read differently/,
    );
    assert.deepEqual(
      template().map(({ type, source, by, revision }) => [type, source, by, revision]),
      [['push', NEW, 'Ann', 1]],
    );
  });

  it('is tried on the last days before it is saved, and so are undo and reset', async () => {
    const { run, save, template } = await aTemplateWorld();
    const tried = await save(NEW, ann, { try: 'true' });
    assert.match(
      textOf(tried),
      /Of 2 events of the last 7 days, 2 would read differently for api\..*Nothing is saved yet/s,
    );
    assert.deepEqual(template(), []);
    await click({ run }, tried, 'Save');
    const back = { command: 'template', options: { action: 'reset', type: 'push', try: 'true' } };
    const trial = (await run(back, ann)).data as { readonly trial: { readonly changed: number } };
    assert.deepEqual([trial.trial.changed, template()[0]?.source], [2, NEW]);
    assert.match(textOf(await save('{{#if', ann, { try: 'true' })), /line 1/i);
  });

  it('that a member tries is proposed, not saved', async () => {
    const { save } = await aTemplateWorld();
    const labels: readonly string[] = (await save(NEW, bob, { try: 'true' })).message.actions.map(({ label }) => label);
    assert.ok(labels?.includes('Propose') && !labels.includes('Save'), String(labels));
  });

  it('shows one message whole before it is saved, and leads back', async () => {
    const { run, template } = await aTemplateWorld();
    const options = { action: 'preview', type: 'push', text: NEW };
    const preview = await run({ command: 'template', options }, ann);
    const whole = await click({ run }, preview, 'See it whole');
    assert.equal(whole.message.title?.text, 'A push to refs/heads/main');
    assert.match(textOf(await click({ run }, whole, 'Back to the preview')), /Not saved yet/);
    await click({ run }, whole, 'Save');
    assert.equal(template()[0]?.source, NEW);
  });

  it('shows nobody by a preview what only an owner may reveal of a payload', async () => {
    const { run, anEvent, endpoint } = await aTemplateWorld();
    const { event } = await anEvent(
      endpoint,
      {},
      { payload: { ref: 'refs/heads/main', deploy_token: 'Zeppelin-7781' } },
    );
    const text = '{{title "Token" deploy_token}} {{#each this}}{{this}} {{/each}}{{json (lookup this "deploy_token")}}';
    const shown = async (caller: typeof ann, options: Readonly<Record<string, string>> = {}) => {
      const all = { action: 'preview', type: 'push', text, endpoint: endpoint.name, ...options };
      return JSON.stringify((await run({ command: 'template', options: all }, caller)).message);
    };
    for (const options of [
      {},
      { event: event.id },
      { for: 'everyone' },
      { for: 'route', channel: '#ops' },
      { action: 'save' },
    ]) {
      const seen = await shown(bob, options);
      assert.doesNotMatch(seen, /Zeppelin/, JSON.stringify(options));
    }
    assert.match(await shown(bob), /Token ••••/);
    assert.match(await shown(ann), /Token Zeppelin-7781/);
  });

  it('says what is wrong and gives the text back, so that nothing is lost', async () => {
    const { save, template } = await aTemplateWorld();
    const reply = await save('{{titel ref}}');
    assert.deepEqual(failureOf(reply).code, 'template_problem');
    assert.match(textOf(reply), /Line 1, column 3: There is no helper titel\. Did you mean title\?/);
    assert.equal(reply.form?.options.text, '{{titel ref}}');
    assert.deepEqual(template(), []);
  });

  it('names a path that no event had, and saves all the same', async () => {
    const { save, template } = await aTemplateWorld();
    assert.match(textOf(await save('{{title "To" rff}}')), /None of the events checked has rff\. Did you mean ref\?/);
    assert.equal(template().length, 1);
  });

  it('asks before it saves what fails on events that came', async () => {
    const { save, run, template } = await aTemplateWorld();
    const reply = await save(`{{#each "${'x'.repeat(10)}"}}{{/each}}{{#if no}}x{{/if}}`);
    assert.match(textOf(reply), /fails on 2 of the last 2 events.*says nothing at all/s);
    assert.deepEqual(template(), []);
    await click({ run }, reply, 'Save anyway');
    assert.equal(template().length, 1);
  });

  it('refuses a text of 100 KB with the limit', async () => {
    const { save } = await aTemplateWorld();
    const reply = await save(`{{title ref}}${'x'.repeat(100_000)}`);
    assert.match(textOf(reply), /The template is longer than 65,536 characters\./);
  });

  it('allows a type that never came, says so, and names the one that was probably meant', async () => {
    const { save, template } = await aTemplateWorld();
    assert.match(
      textOf(await save(NEW, ann, { type: 'pussh' })),
      /No pussh event has come to api yet\. Did you mean push\?/,
    );
    assert.deepEqual(
      template().map(({ type }) => type),
      ['pussh'],
    );
  });

  it('has templates for every type, for a route and for everyone, the nearest of which is meant', async () => {
    const { save, say, template } = await aTemplateWorld();
    await save(NEW, ann, { type: '*' });
    assert.match(
      textOf(await say('template show push')),
      /changed for this endpoint by its template for every type by Ann/,
    );
    await save(NEW, ann, { channel: '#ops' });
    await save(NEW, boss, { for: 'everyone' });
    assert.deepEqual(
      template().map(({ type, endpointId, routeId }) => [type, endpointId !== undefined, routeId !== undefined]),
      [
        ['*', true, false],
        ['push', true, true],
        ['push', false, false],
      ],
    );
    assert.match(
      textOf(await say('template show push', { ...ann, channel: 'C-ops' })),
      /changed for one channel by Ann/,
    );
    assert.match(textOf(await say('template show push for everyone')), /changed for everyone by Boss/);
    await say('route api remove #ops');
    assert.deepEqual(
      template().map(({ routeId }) => routeId),
      [undefined, undefined],
    );
  });

  it('undoes change by change, resets, and keeps all of it in the history and the audit', async () => {
    const { save, say, template } = await aTemplateWorld();
    await save('{{title "One"}}');
    await save('{{title "Two"}}');
    assert.match(
      textOf(await say('template undo push')),
      /undid the latest change of the template github\/push for api/,
    );
    assert.equal(template()[0]?.source, '{{title "One"}}');
    await say('template reset push');
    assert.equal(template()[0]?.source, undefined);
    assert.match(textOf(await say('template show push')), /came with Bellhop/);
    await say('template undo push');
    assert.equal(template()[0]?.source, '{{title "One"}}');
    const revisions = dataOf<{ revisions: { revision: number }[] }>(await say('template history push')).revisions;
    assert.deepEqual(
      revisions.map(({ revision }) => revision),
      [5, 4, 3, 2, 1],
    );
    const audit = textOf(await say('audit', boss));
    for (const change of ['changed the template github/push', 'undid the latest change', 'reset the template'])
      assert.ok(audit.includes(change), audit);
    assert.match(textOf(await say('template diff push revision=2')), /- \{\{title "One"\}\}\n\+ \{\{title "Two"\}\}/);
    assert.match(textOf(await say('template reset nothing')), /There is nothing to reset/);
  });

  it('goes on from what an older Bellhop, or a hand in the settings, has left', async () => {
    const { save, say, settings, template } = await aTemplateWorld();
    await settings.update((now) => ({
      ...now,
      templates: [{ provider: 'github', type: 'push', source: '{{title "Old"}}' }],
    }));
    assert.match(textOf(await say('template show push for everyone')), /changed for everyone.*title "Old"/s);
    await save(NEW, boss, { for: 'everyone' });
    await say('template undo push for everyone', boss);
    assert.equal(template()[0]?.source, '{{title "Old"}}');
    await say('template undo push for everyone', boss);
    assert.equal(template()[0]?.source, undefined);
  });

  it('asks which endpoint where several could be meant', async () => {
    const { say, anEndpoint } = await aTemplateWorld();
    await anEndpoint('new github in #dev as web');
    assert.match(textOf(await say('template show push')), /Say which endpoint, such as of api\. There are api, web/);
    assert.match(textOf(await say('template show push of web')), /came with Bellhop/);
    assert.match(
      textOf(await say('template show stripe/charge of web')),
      /accepts webhooks from github, not from stripe/,
    );
  });

  it('lists helpers with their summaries and explains one with its example', async () => {
    const { say } = await aTemplateWorld();
    assert.match(textOf(await say('template help')), /- after A value with words after it/);
    assert.match(textOf(await say('template help time')), /style= datetime, date, time, relative/);
    assert.match(textOf(await say('template help tme')), /There is no helper tme\. Did you mean time\?/);
  });
});

describe('two people who change a template at once', () => {
  it('are both heard: the second is shown the first one’s change and loses nothing', async () => {
    const { say, run, save, template } = await aTemplateWorld();
    const opened = await say('template edit push', boss);
    await save('{{title "Ann’s"}}');
    const preview = await run(
      { command: 'template', options: { ...opened.form?.options, text: '{{title "Boss’s"}}' } },
      boss,
    );
    const refused = await click({ run }, preview, 'Save', boss);
    assert.equal(failureOf(refused).code, 'template_changed');
    assert.match(textOf(refused), /Not saved: Ann changed github\/push since you began\. Your text is kept/);
    assert.equal(template()[0]?.source, '{{title "Ann’s"}}');
    const compared = await click({ run }, refused, 'Compare', boss);
    assert.match(textOf(compared), /- .*Ann’s.*\n\+ .*Boss’s/);
    const again = await click({ run }, refused, 'Edit again', boss);
    assert.equal(again.form?.options.text, '{{title "Boss’s"}}');
    await click({ run }, compared, 'Save', boss);
    assert.equal(template()[0]?.source, '{{title "Boss’s"}}');
  });

  it('are both heard at the very same moment', async () => {
    const { save, run, say, template } = await aTemplateWorld();
    const version = dataOf<{ version: string }>(await say('template show push')).version;
    const replies = await Promise.all([
      save('{{title "A"}}', ann, { version }),
      save('{{title "B"}}', boss, { version }),
    ]);
    assert.deepEqual(replies.map((reply) => failureOf(reply).code).toSorted(), ['template_changed', undefined]);
    const late = replies.find((reply) => failureOf(reply).code) ?? assert.fail();
    await click({ run }, late, 'Save mine', boss);
    assert.equal(template()[0]?.revision, 2);
  });
});

describe('whoever may not change a template', () => {
  it('proposes it: the owner gets the preview with a button that saves it', async () => {
    const { save, run, journal, settings, template } = await aTemplateWorld();
    const reply = await save(NEW, here);
    assert.match(textOf(reply), /Only the owners of api may save this\. They were asked in #ops/);
    assert.deepEqual(template(), []);
    const [notice] = await journal.posts.list({ limit: 1 });
    const { message } = notice ?? assert.fail();
    assert.match(message?.title?.text ?? '', /Bob proposes to change github\/push/);
    assert.match(message?.body ?? '', /\+ A push to/);
    assert.deepEqual(
      message?.mentions.map(({ ids }) => ids),
      [{ local: 'ann' }],
    );
    const asked = { message: message ?? assert.fail(), visibleTo: 'channel' } as const;
    assert.match(textOf(await click({ run }, asked, 'Save', here)), /Only the owners of api may save this/);
    assert.match(textOf(await click({ run }, asked, 'Preview', ann)), /2 of the last 2 events would read differently/);
    assert.equal(settings.current.drafts?.length, 1);
    assert.deepEqual(template(), []);
    await click({ run }, asked, 'Save', ann);
    assert.deepEqual(
      template().map(({ source, by }) => [source, by]),
      [[NEW, 'Ann']],
    );
    assert.equal(failureOf(await click({ run }, asked, 'Save', ann)).code, 'draft_gone');
  });

  it('may neither undo nor reset, and guests see nothing', async () => {
    const { save, say } = await aTemplateWorld();
    await save(NEW);
    for (const line of ['template undo push', 'template reset push'])
      assert.equal(failureOf(await say(line, here)).code, 'forbidden');
    assert.equal(failureOf(await say('template', guest)).code, 'forbidden');
    assert.equal(failureOf(await save(NEW, { ...bob, platform: 'slack', channel: 'x' })).code, 'not_found');
  });

  it('sees of a draft only what they may see of its endpoint', async () => {
    const { say, run } = await aTemplateWorld();
    await say('new github in slack:#board as board', boss);
    const options = { action: 'preview', type: 'push', endpoint: 'board', text: NEW };
    const preview = await run({ command: 'template', options }, boss);
    const { draft } = dataOf<{ draft: string }>(preview);
    for (const action of ['preview', 'edit', 'diff', 'save', 'discard'])
      assert.equal(failureOf(await run({ command: 'template', options: { action, draft } }, bob)).code, 'draft_gone');
  });

  it('may propose what counts for everyone even as an owner: that is for admins', async () => {
    const { save, template } = await aTemplateWorld();
    assert.match(
      textOf(await save(NEW, { ...ann, channel: 'C-ops' }, { for: 'everyone' })),
      /Only admins may save this/,
    );
    assert.deepEqual(template(), []);
    await save(NEW, boss, { for: 'everyone' });
    assert.equal(template().length, 1);
  });
});

function textOf({ message }: Pick<Reply, 'message'>): string {
  return toText(message);
}
