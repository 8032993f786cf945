import { setTimeout as sleep } from 'node:timers/promises';
import { slackEnvironment } from '../chats/places.ts';
import { type Slack, startSlack } from '../doubles/slack/double.ts';
import { anAlertGroup } from '../relay/alert-group.ts';
import { aStormyWorld, storm as simulate } from '../relay/storms/stormy-world.ts';
import { signed } from '../world.ts';
import { startBellhop } from './bellhop.ts';
import type { Row } from './run.ts';

const ALERTS = 1_000;
const CRITICAL_EVERY = 100;
const WITHIN = 5_000;
const BUDGET = { first: 2_000, settled: 15_000, messages: 5, elsewhere: 2_000 } as const;
/** What Slack takes in each channel. */
const SLACK = { perSecond: 1, burst: 3 };

/** A thousand alerts in five seconds to one channel of a Slack that keeps its limits, and one alert to another meanwhile. */
export async function measureStorm(): Promise<readonly Row[]> {
  const slack = await startSlack();
  slack.limit(SLACK);
  for (const name of ['storm', 'elsewhere']) slack.workspace.addChannel(name);
  const bellhop = await startBellhop(slackEnvironment(slack));
  try {
    await bellhop.connected('slack');
    const [storm, elsewhere] = [
      await bellhop.endpoint('slack:#storm', 'alertmanager'),
      await bellhop.endpoint('slack:#elsewhere', 'alertmanager'),
    ];
    const begun = performance.now();
    const first = untilShown(slack, 'storm', begun);
    const deliveries = Array.from({ length: ALERTS }, async (_, index) => {
      await sleep((index / ALERTS) * WITHIN);
      await deliver(storm, index);
    });
    await sleep(WITHIN / 2);
    const asked = performance.now();
    await deliver(elsewhere, ALERTS);
    const other = await untilShown(slack, 'elsewhere', asked);
    await Promise.all(deliveries);
    while ((await bellhop.owed()) > 0) await sleep(50);
    const settled = performance.now() - begun;
    const messages = slack.messages('storm');
    const said = JSON.stringify(messages);
    const named = Array.from({ length: ALERTS }, (_, index) => index).filter(
      (index) => isCritical(index) && said.includes(toName(index)),
    );
    const critical = ALERTS / CRITICAL_EVERY;
    const what = `${ALERTS} alerts in ${WITHIN / 1000} s to one Slack channel:`;
    return [
      row(`${what} first message`, await first, BUDGET.first),
      row(`${what} all shown`, settled, BUDGET.settled),
      {
        what: `${what} messages, and critical ones by name`,
        measured: `${messages.length}, ${named.length} of ${critical}`,
        budget: `at most ${BUDGET.messages}, all`,
        met: messages.length <= BUDGET.messages && named.length === critical,
      },
      row('one alert to another channel meanwhile', other, BUDGET.elsewhere),
      await compareWithout(),
    ];
  } finally {
    await bellhop.stop();
    await slack.stop();
  }
}

/** The same storm in simulated time, with roll-ups and without: without, it takes a quarter of an hour. */
async function compareWithout(): Promise<Row> {
  const [gathered, single] = [await simulateStorm(true), await simulateStorm(false)];
  return {
    what: 'the same in simulated time, with roll-ups and without',
    measured: [gathered, single].map(({ messages, seconds }) => `${messages} messages in ${seconds} s`).join(', '),
    budget: 'fewer, sooner',
    met: gathered.messages < single.messages && gathered.seconds < single.seconds,
  };
}

async function simulateStorm(rollUps: boolean) {
  const world = aStormyWorld({ rollUps });
  await world.clock.until(simulate(world).then(() => world.lanes.idle()));
  return { messages: world.chat.standing('ops').length, seconds: Math.round(world.clock.elapsed() / 1000) };
}

function row(what: string, milliseconds: number, most: number): Row {
  return {
    what,
    measured: `${(milliseconds / 1000).toFixed(1)} s`,
    budget: `under ${most / 1000} s`,
    met: milliseconds < most,
  };
}

async function untilShown(slack: Slack, channel: string, since: number): Promise<number> {
  while (slack.messages(channel).length === 0) await sleep(5);
  return performance.now() - since;
}

function isCritical(index: number): boolean {
  return index % CRITICAL_EVERY === CRITICAL_EVERY / 2;
}

function toName(index: number): string {
  return `Critical-${index}-`;
}

async function deliver(
  { url, secret }: { readonly url: string; readonly secret: string },
  index: number,
): Promise<void> {
  const critical = isCritical(index);
  const { payload } = anAlertGroup({
    name: critical ? toName(index) : `DiskFull-${index}`,
    service: 'checkout',
    summary: critical ? `${toName(index)} is down` : `Disk ${index} is nearly full`,
    severity: critical ? 'critical' : 'warning',
    fingerprint: String(index),
  });
  const body = JSON.stringify(payload);
  const headers = signed({ provider: 'alertmanager', url }, { headers: {}, body: Buffer.from(body), secret });
  const { status } = await fetch(url, { method: 'POST', headers, body });
  if (status !== 202) throw new Error(`an alert was answered with ${status}`);
}
