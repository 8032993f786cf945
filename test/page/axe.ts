import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** The rules that look at colours; all others find the same in every colour scheme. */
export const ofColours = ['color-contrast', 'link-in-text-block'] as const;

/** What axe finds, by all its rules or by some: the rule, and where. */
export async function faultsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
  // Not as a script of the page: its security policy would refuse that.
  await page.evaluate(`globalThis.axe ?? (() => { ${axe.source} })()`);
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) };
  const { violations, passes } = (await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  )) as axe.AxeResults;
  assert.ok(passes.length > (rules ? 0 : 15), 'axe looked at the page');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
}
