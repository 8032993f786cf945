import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { toMessage } from '../../../src/core/message/message.ts';
import { openJournal } from '../../../src/stores/journal/sqlite/open-journal.ts';
import { aBrowser } from '../../page/browser.ts';
import { scrolled } from '../../page/chat/scrolled.ts';
import { type Bellhop, freePort, startBellhop } from '../bellhop.ts';
import type { Row } from '../run.ts';
import { CHANNELS, ENDPOINTS, makeHouse, measureLoads, openPage } from './full-house.ts';

const MESSAGES = 5_000;
/** The channel that holds them. */
const FULL = 'channel-0';

/** How long the page takes to open a channel of many messages, and whether it jumps while somebody scrolls through all of them. */
export async function measureChatPage(): Promise<readonly Row[]> {
  const remains = { port: await freePort(), folder: await mkdtemp(join(tmpdir(), 'bellhop-bench-')) };
  const browser = await aBrowser();
  try {
    await makeHouse(remains);
    await fill(remains.folder);
    const bellhop = await startBellhop({}, remains);
    try {
      return await measure(browser, bellhop);
    } finally {
      await bellhop.kill();
    }
  } finally {
    await browser.close();
    await rm(remains.folder, { recursive: true, force: true });
  }
}

async function measure(browser: Browser, bellhop: Bellhop): Promise<readonly Row[]> {
  const page = await openPage(browser, bellhop);
  const what = `${ENDPOINTS} endpoints, ${CHANNELS} channels and ${MESSAGES.toLocaleString('en')} messages in one`;
  const opened = await measureLoads(page, {
    address: `${bellhop.url}/#/chat/${FULL}`,
    what: `the chat with ${what}, from its address to messages drawn and a command completed`,
    async isThere() {
      await page.locator('li.message', { hasText: `disk ${MESSAGES - 1}` }).waitFor();
      await page.getByRole('textbox', { name: 'Command' }).fill('/webhook mute');
      await page.getByRole('option', { name: /^mute / }).waitFor();
    },
  });
  const up = await scrolled(page, { by: -900, until: 'disk 0 ' });
  return [
    opened,
    {
      what: `scrolling up through ${MESSAGES.toLocaleString('en')} messages: jumps, and messages in the page at most`,
      measured: `${up.jumps.length}, ${up.most}`,
      budget: 'none, 200',
      met: up.jumps.length === 0 && up.most <= 200,
    },
  ];
}

/** Fills one channel, and says something in each other. */
async function fill(folder: string): Promise<void> {
  const journal = await openJournal({ path: join(folder, 'journal.db') });
  const begun = Date.now() - MESSAGES * 60_000;
  const say = (channel: string, index: number) =>
    journal.messages.add({
      channel,
      nonce: `seed ${index}`,
      text: `The disk ${index} is nearly full`,
      message: toMessage({
        severity: index % 3 === 0 ? 'critical' : 'warning',
        title: { text: `The disk ${index} is nearly full`, url: 'https://status.acme.example/disk' },
        body: `It holds **${index % 100} %** of what it can.\n\n- \`/var/log\`\n- \`/var/lib\``,
        fields: [{ name: 'Host', value: `db-${index % 9}` }],
        actions: [
          { label: 'Open', url: 'https://status.acme.example/disk' },
          { label: 'Mute', command: 'mute', options: { endpoint: 'hook-0' }, tucked: true },
        ],
        footer: 'acme/disks',
      }),
      postedAt: new Date(begun + index * 60_000),
    });
  await Promise.all(Array.from({ length: MESSAGES }, (_, index) => say(FULL, index)));
  for (let index = 1; index < CHANNELS; index++) await say(`channel-${index}`, index);
  await journal.close();
}
