import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { until } from '../until.ts';
import { aPush, aWorld, type World } from '../world.ts';
import { faultsOf } from './accessibility/axe.ts';
import { letThrough, screens, screenshot, signIn, skip } from './browser.ts';
import { leaveTheBrowser, theBrowser } from './the-browser.ts';

describe('templates on the page', { skip }, () => {
  let browser: Browser;
  before(async () => {
    browser = await theBrowser();
  });
  after(leaveTheBrowser);

  it('are listed, edited with a mistake that is named, corrected, previewed, saved, used and undone', async () => {
    await using world = await aWorldWithPushes();
    const page = await signIn(browser, world);
    await page.getByRole('link', { name: 'Templates' }).click();
    await page.getByRole('list', { name: 'Types of api' }).getByRole('link', { name: /push/ }).click();

    await write(page, '{{titel sender.login "threw" (plural commits "commit")}}');
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems.getByText('There is no helper').waitFor();
    await page.locator('.cm-lintRange-error').waitFor();
    await screenshot(page, 'template-mistake');
    assert.deepEqual(await faultsOf(page), []);
    await page.keyboard.press('Control+s');
    await page.getByText('Not saved: correct the mistake first.').waitFor();
    await problems.getByRole('button', { name: 'Use title' }).click();
    await problems.waitFor({ state: 'detached' });

    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('figure', { name: 'With your text' }).getByText('octocat threw 1 commit').first().waitFor();
    await preview.getByRole('figure', { name: 'Now, made by' }).getByText('Paint the wall').first().waitFor();
    await preview.getByText('Phone', { exact: true }).click();
    await preview.locator('.phone-notice', { hasText: 'octocat threw 1 commit' }).waitFor();
    await preview.getByText('Discord', { exact: true }).click();
    await preview.locator('discord-message', { hasText: 'octocat threw 1 commit' }).waitFor();
    await screenshot(page, 'template-preview');
    assert.deepEqual(await faultsOf(page), []);

    await page.getByRole('button', { name: 'Save…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Save for the endpoint api' });
    await dialog.getByText('Of the last 2 events, all would read differently.').waitFor();
    await screenshot(page, 'template-save');
    assert.deepEqual(await faultsOf(page), []);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/changed the template github\/push for api/).waitFor();

    await world.push('Oil the hinges');
    assert.match((await world.messages()).at(-1)?.text ?? '', /octocat threw 1 commit/);

    await page.getByRole('button', { name: 'History' }).click();
    const history = page.getByRole('dialog', { name: 'History for the endpoint api' });
    await history.getByText('Revision 1').waitFor();
    await screenshot(page, 'template-history');
    assert.deepEqual(await faultsOf(page), []);
    await history.getByRole('button', { name: 'Undo the latest change' }).click();
    await history.waitFor({ state: 'detached' });
    await world.push('Close the gate');
    assert.doesNotMatch((await world.messages()).at(-1)?.text ?? '', /threw/);
    await page.context().close();
  });

  it('are changed with the keyboard alone', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await editorOf(page).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('{{tit');
    const offers = page.getByRole('listbox');
    await offers.getByText('Gives the message its first line').waitFor();
    await screenshot(page, 'template-completion');
    await accept(page, 'Enter');
    await page.keyboard.type(' sender.log');
    await offers.getByText('sender.login').waitFor();
    await accept(page, 'Tab');
    await page.keyboard.type(' "threw"}}');
    assert.equal((await editorOf(page).innerText()).trim(), '{{title sender.login "threw"}}');

    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'cm-content');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await focused(page), 'cm-content');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+Enter');
    await page.getByText('The preview shows the text as it is now.').waitFor();
    await page.getByRole('figure', { name: 'With your text' }).getByText('octocat threw').first().waitFor();
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Save for the endpoint api' });
    await dialog.getByText('would read differently').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText(/changed the template github\/push/).waitFor();
    await page.context().close();
  });

  it('keep a text that is not saved over a reload, and ask before it is left', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    page.on('dialog', (dialog) => dialog.accept());
    await write(page, '{{title "Mine"}}');
    await page.reload();
    await editorOf(page).getByText('"Mine"').waitFor();

    await page.getByRole('link', { name: 'Events', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await dialog.getByRole('button', { name: 'Stay' }).click();
    assert.match(page.url(), /#\/templates\/api\/push$/);
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await dialog.getByRole('button', { name: 'Keep it and leave' }).click();
    await page.getByRole('heading', { name: 'Events' }).waitFor();

    await page.goto(`${world.publicUrl}/#/templates/api/push`);
    await editorOf(page).getByText('"Mine"').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await editorOf(page).getByText('"Mine"').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Events', exact: true }).click();
    await page.getByRole('heading', { name: 'Events' }).waitFor();
    await page.context().close();
  });

  it('show both texts where somebody else saved meanwhile, and lose neither', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await write(page, '{{title "Mine"}}');
    await world.type('/webhook template save push of api text="{{title \\"Theirs\\"}}"');
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else saved it meanwhile' });
    await conflict.getByText('- {{title "Theirs"}}').waitFor();
    await conflict.getByText('+ {{title "Mine"}}').waitFor();
    await screenshot(page, 'template-conflict');
    assert.deepEqual(await faultsOf(page), []);
    await conflict.getByRole('button', { name: 'Save mine over theirs' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/changed the template/).waitFor();
    await page.getByRole('button', { name: 'History' }).click();
    await page.getByRole('dialog').getByText('Revision 1').click();
    await page.getByRole('dialog').getByText('{{title "Theirs"}}').first().waitFor();
    await page.context().close();
  });

  it('are proposed by whoever may not save them', async () => {
    await using world = await aWorldWithPushes();
    const page = await signIn(browser, world);
    await page.route('**/api/v1/templates/text*', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), maySave: false } });
    });
    await page.goto(`${world.publicUrl}/#/templates/api/push`);
    await write(page, '{{title "Mine"}}');
    await page.getByRole('button', { name: 'Propose…' }).click();
    await page.getByRole('dialog').getByText('Those who may are asked in chat').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Propose', exact: true }).waitFor();
    await letThrough(page);
    await page.context().close();
  });

  it('are tried on events before they are saved, and say which of them would fail', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await write(page, '{{#if nothing}}{{title "Mine"}}{{/if}}');
    await page
      .getByRole('region', { name: 'Preview' })
      .getByText('Your template produces no message for this event')
      .waitFor();
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('all would fail').waitFor();
    await dialog.getByRole('button', { name: 'Save anyway' }).click();
    await page.getByText(/changed the template/).waitFor();
    await page.context().close();
  });

  it('count for one channel, one endpoint or everyone, whichever is chosen, and the text stays', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await write(page, '{{title "For all"}}');
    await page.getByLabel('Counts for').selectOption('Everyone’s endpoints');
    await page.getByLabel('Counts for').selectOption('Only in #ops');
    await page.getByLabel('Counts for').selectOption('Everyone’s endpoints');
    await editorOf(page).getByText('"For all"').waitFor();
    await page.getByRole('button', { name: 'Save…' }).click();
    await page
      .getByRole('dialog', { name: 'Save for everyone’s endpoints' })
      .getByRole('button', { name: 'Save', exact: true })
      .click();
    await page.getByText('changed the template github/push for everyone').waitFor();
    await page.getByText('Changed for everyone by Somebody').waitFor();
    await page.getByLabel('Counts for').selectOption('Only in #ops');
    await editorOf(page).getByText('"For all"').waitFor();
    await page.context().close();
  });

  it('say that Bellhop does not answer, keep the text, and go on when it does', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await page.getByRole('region', { name: 'Preview' }).getByText('Paint the wall').last().waitFor();
    const unanswered: string[] = [];
    await page.route('**/api/v1/templates/**', (route) => {
      unanswered.push(`${route.request().url()} ${route.request().postData()}`);
      return route.abort();
    });
    await write(page, '{{title "Mine"}}');
    // Both have asked about this text by then, so that nothing else is asked before somebody tries again.
    await until(() => ['check', 'preview'].every((what) => unanswered.some((asked) => isAbout(asked, what))));
    const failures = page.getByRole('alert').filter({ hasText: 'Bellhop does not answer' });
    await failures.nth(1).waitFor();
    await letThrough(page);
    await failures.last().getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('figure', { name: 'With your text' }).getByText('Mine').first().waitFor();
    await editorOf(page).getByText('"Mine"').waitFor();
    await page.context().close();
  });

  it('that are far too long are told how long they may be', async () => {
    await using world = await aWorldWithPushes();
    const page = await open(browser, world);
    await editorOf(page).click();
    await page.keyboard.press('Control+a');
    await paste(page, 'One line among very many. {{sender.login}}\n'.repeat(3_000));
    await page
      .getByRole('list', { name: 'Problems' })
      .getByText(/too long|characters/)
      .waitFor();
    await page.context().close();
  });

  it('are reached from an event, for which they are previewed', async () => {
    await using world = await aWorldWithPushes();
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/events/1`);
    await page.getByRole('link', { name: 'Edit its template' }).click();
    await editorOf(page).waitFor();
    assert.equal(await page.getByRole('combobox', { name: 'Event' }).inputValue(), '1');
    await page.getByRole('region', { name: 'Preview' }).getByText('Fix the door').last().waitFor();
    await page.context().close();
  });

  it('for a type that never came say so, and show the first event as it comes', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops as api');
    const page = await open(browser, world);
    await page.getByText('No event of this type has come yet').waitFor();
    await world.deliver(endpoint, aPush({ message: 'Fix the door' }));
    await page.getByRole('region', { name: 'Preview' }).getByText('Fix the door').last().waitFor();
    await page.context().close();
  });

  it('of an endpoint that does not exist say so', async () => {
    await using world = await aWorld();
    const page = await signIn(browser, world);
    await page.goto(`${world.publicUrl}/#/templates/nobody/push`);
    await page.getByText('There is no endpoint nobody').waitFor();
    await page.goto(`${world.publicUrl}/#/templates`);
    await page.getByText('There is no endpoint yet').waitFor();
    await page.context().close();
  });

  it('run nothing that a payload or a template holds', async () => {
    await using world = await aWorldWithPushes();
    const evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    await world.push(evil);
    const page = await open(browser, world);
    const refused: string[] = [];
    page.on('console', (line) => /Content Security Policy/.test(line.text()) && refused.push(line.text()));
    await write(
      page,
      `{{title commits.0.message url="javascript:window.hacked=1"}}\n${evil}\n{{titel "${evil.replaceAll('"', '')}"}}`,
    );
    await page.getByRole('list', { name: 'Problems' }).getByText('There is no helper').waitFor();
    await page.getByRole('button', { name: 'Use title' }).click();
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByRole('figure', { name: 'With your text' }).waitFor();
    await preview.getByText('Discord', { exact: true }).click();
    await preview.locator('discord-message').first().waitFor();
    await editorOf(page).click();
    await page.keyboard.press('Control+s');
    await page.getByRole('dialog').getByText('would read differently').waitFor();
    assert.equal(await page.evaluate('window.hacked'), undefined);
    assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
    assert.deepEqual(refused, []);
    await page.context().close();
  });

  for (const { look, width, colorScheme } of screens)
    it(`fit a screen that is ${look}`, async () => {
      await using world = await aWorldWithPushes();
      const page = await open(browser, world, { viewport: { width, height: 900 }, colorScheme });
      const name = look.replaceAll(' ', '-');
      await page.getByRole('region', { name: 'Preview' }).getByText('Paint the wall').last().waitFor();
      await screenshot(page, `template-${name}`);
      await editorOf(page).click();
      await page.keyboard.press('Control+End');
      await page.keyboard.insertText('\n{{field "Who" sender.logn}}\n{{titel "x"}}');
      await page.getByRole('list', { name: 'Problems' }).getByText('Doubt').waitFor();
      await screenshot(page, `template-problems-${name}`);
      assert.deepEqual(await overflowing(page), []);
      await page.getByRole('button', { name: 'Use title' }).click();
      await page.getByRole('figure', { name: 'With your text' }).scrollIntoViewIfNeeded();
      await screenshot(page, `template-compared-${name}`);
      await page.getByText(/All \d+ helpers/).click();
      await page.getByText(/All \d+ helpers/).scrollIntoViewIfNeeded();
      await screenshot(page, `template-helpers-${name}`);
      assert.deepEqual(await overflowing(page), []);
      await page.getByRole('button', { name: 'Save…' }).click();
      await page.getByRole('dialog').getByText('would read differently').waitFor();
      await screenshot(page, `template-save-${name}`);
      assert.deepEqual(await overflowing(page), []);
      await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/changed the template/).waitFor();
      await page.getByRole('button', { name: 'History' }).click();
      await page.getByRole('dialog').getByText('Revision 1').waitFor();
      await screenshot(page, `template-history-${name}`);
      assert.deepEqual(await overflowing(page), []);
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
      await page.getByRole('link', { name: 'All templates' }).click();
      await page.getByRole('link', { name: /push/ }).waitFor();
      await screenshot(page, `templates-${name}`);
      assert.deepEqual(await overflowing(page), []);
      await page.context().close();
    });
});

/** What is wider than the page. */
function overflowing(page: Page): Promise<readonly string[]> {
  return page
    .locator('html, main, .page, .template-page, .template-preview, .look, dialog')
    .evaluateAll((elements) =>
      elements
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map(({ className, tagName }) => `${tagName} ${className}`),
    );
}

function focused(page: Page): Promise<string> {
  return page.evaluate('document.activeElement.classList[0] ?? ""');
}

type WorldWithPushes = World & { push(message: string): Promise<void> };

async function aWorldWithPushes(): Promise<WorldWithPushes> {
  const world = await aWorld();
  const endpoint = await world.endpoint('github', 'in #ops as api');
  const push = async (message: string) => {
    await world.deliver(endpoint, aPush({ message }));
    await world.settled();
  };
  await push('Fix the door');
  await push('Paint the wall');
  return { ...world, push };
}

async function open(browser: Browser, world: World, options?: BrowserContextOptions): Promise<Page> {
  const page = await signIn(browser, world, options);
  await page.goto(`${world.publicUrl}/#/templates/api/push`);
  await editorOf(page).waitFor();
  return page;
}

function editorOf(page: Page) {
  return page.getByRole('textbox', { name: /^Template for/ });
}

/** Takes the suggestion that is shown. The editor hears no key for one that has appeared only just now. */
async function accept(page: Page, key: string): Promise<void> {
  await page.waitForTimeout(100);
  await page.keyboard.press(key);
}

/** Pastes a text that would take minutes to type. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-write', 'clipboard-read']);
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}

/** Puts a text in the place of the one in the editor. */
function isAbout(asked: string, what: string): boolean {
  return asked.includes(`/templates/${what}`) && asked.includes('Mine');
}

async function write(page: Page, text: string): Promise<void> {
  await editorOf(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}
