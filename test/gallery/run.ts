import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aBrowser, skip } from '../page/browser.ts';
import { tableOf } from '../table.ts';
import { aWorld } from '../world.ts';
import { toIndexPage } from './index-page.ts';
import { type Shot, shoot, withoutSamples } from './shoot.ts';

/** A message should have about as many lines, foot included. */
const LINES = 6;

/** `npm run gallery -- <provider> …`: pictures of every template's sample, of all providers when none is named. */
if (skip) fail(`No pictures can be made: ${skip}.`);
else await run(process.argv.slice(2));

async function run(wanted: readonly string[]): Promise<void> {
  await using world = await aWorld();
  const unknown = await withoutSamples(wanted, world);
  if (unknown.length > 0) return fail(`There are no samples of ${unknown.join(', ')}.`);
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-gallery-'));
  const browser = await aBrowser();
  const shots: Shot[] = [];
  try {
    for (const colorScheme of ['light', 'dark'] as const)
      shots.push(...(await shoot({ browser, world, folder, wanted, colorScheme })));
  } finally {
    await browser.close();
  }
  await writeFile(join(folder, 'index.html'), toIndexPage(shots));
  console.log(`${toHeights(shots)}\n\n${toTallest(shots)}`);
  console.log(`${shots.length} pictures are in ${folder}: open ${join(folder, 'index.html')}`);
}

function fail(reason: string): void {
  console.error(reason);
  process.exitCode = 1;
}

/** How tall each sample's message is, in lines of text and rows of controls. */
function toHeights(shots: readonly Shot[]): string {
  const light = shots.filter(({ colorScheme }) => colorScheme === 'light');
  const rows = [...Map.groupBy(light, ({ provider, sample }) => `${provider}/${sample}`)].map(([name, looks]) => {
    const height = (look: string) => looks.find((shot) => shot.look === look)?.height;
    const figures = [height('slack'), height('discord')].flatMap((found) => [found?.lines, found?.rows]);
    return [name, looks[0]?.template ?? '', ...figures.map(String)];
  });
  return tableOf(['sample', 'template', 'Slack lines', 'Slack rows', 'Discord lines', 'Discord rows'], rows);
}

function toTallest(shots: readonly Shot[]): string {
  const light = shots.filter(({ colorScheme }) => colorScheme === 'light');
  const counts = (['slack', 'discord'] as const).map((look) => {
    const heights = light.filter((shot) => shot.look === look).map(({ height }) => height.lines);
    return `${heights.filter((lines) => lines > LINES).length} of ${heights.length} on ${look}`;
  });
  return `Taller than ${LINES} lines: ${counts.join(', ')}.`;
}
