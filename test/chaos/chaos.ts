import { setTimeout as sleep } from 'node:timers/promises';
import { discordEnvironment, slackEnvironment } from '../chats/places.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { audit } from './audit.ts';
import { type ChaosEvent, toDelivery, toEvents } from './events.ts';
import { createTrouble } from './trouble.ts';
import { aCluster, oneNode, type Victim } from './victim.ts';

export interface ChaosOptions {
  readonly events: number;
  readonly channels: number;
  readonly killEvery: number;
  /** Of a hundred calls, so many are never answered. */
  readonly timeouts: number;
  /** How fast events arrive, in milliseconds for each event of a channel. */
  readonly pace?: number;
  /** Three nodes on one database in place of one machine. The database is restarted once. */
  readonly cluster?: boolean;
  readonly say?: (line: string) => void;
}

export interface ChaosOutcome {
  readonly accepted: number;
  readonly kills: number;
  /** What was lost, shown twice, or shown in the wrong order, a sentence each. */
  readonly findings: readonly string[];
  readonly summary: string;
}

/** Room for all channels of a server, each with its own limit: chance answers 429 in place of a limit that is reached. */
const ROOMY = { messages: { limit: 100, milliseconds: 1_000 }, globalPerSecond: 10_000, invalidRequests: 1_000_000 };
const AT_ONCE = 8;
const TRY_AGAIN = 50;
/** As many as a channel can carry, so that channels are busy and few storms arise. */
const PACE = 900;

/** Delivers events, kills Bellhop again and again, and finds out what became of every event that it accepted. */
export async function chaos({
  events: count,
  channels,
  killEvery,
  timeouts,
  pace = PACE,
  cluster = false,
  say = () => undefined,
}: ChaosOptions): Promise<ChaosOutcome> {
  const [slack, discord] = [await startSlack(), await startDiscord({ limits: ROOMY })];
  const environment = { ...slackEnvironment(slack), ...discordEnvironment(discord), LOG_LEVEL: 'error' };
  const restartAt = Math.ceil(count / killEvery / 2);
  const bellhop = await (cluster ? aCluster(environment, { restartAt }) : oneNode(environment));
  try {
    await bellhop.connected('slack', 'discord');
    const places = Array.from({ length: channels }, (_, index) => ({
      name: `chaos-${index}`,
      platform: index % 2 ? 'slack' : 'discord',
    }));
    const endpoints = new Map<string, { readonly url: string; readonly secret: string }>();
    for (const { name, platform } of places) {
      if (platform === 'slack') slack.workspace.addChannel(name);
      else discord.addChannel(name);
      for (const provider of ['alertmanager', 'github'])
        endpoints.set(`${name} ${provider}`, await bellhop.endpoint(`${platform}:#${name}`, provider));
    }
    const trouble = createTrouble({ timeouts });
    slack.trouble(trouble.slack);
    discord.rest.trouble(trouble.discord);

    const events = toEvents(
      count,
      places.map(({ name }) => name),
    );
    let [accepted, kills] = [0, 0];
    let begun: Promise<void> = Promise.resolve();

    async function restart(): Promise<void> {
      kills++;
      await bellhop.kill();
    }

    /** Delivers until it is accepted, as providers do. */
    async function deliver(event: ChaosEvent): Promise<void> {
      const endpoint = endpoints.get(`${event.channel} ${event.provider}`);
      if (!endpoint) throw new Error(`no endpoint for ${event.channel}`);
      const { headers, body } = toDelivery(event, endpoint);
      for (;;) {
        const status = await fetch(endpoint.url, { method: 'POST', headers, body }).then(
          (response) => response.status,
          () => 0,
        );
        if (status === 200 || status === 202) break;
        if (status >= 400 && status < 500) throw new Error(`a delivery was refused with ${status}`);
        await sleep(TRY_AGAIN);
      }
      accepted++;
      if (accepted % killEvery === 0 && accepted < count) begun = begun.then(restart);
      if (accepted % 500 === 0) say(`${accepted} accepted, ${kills} kills`);
    }

    // The events of a subject are delivered one after the other, so that their order is known.
    const queue = [...events];
    const busy = new Set<string>();
    const pause = (pace / channels) * AT_ONCE;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (queue.length > 0) {
          const index = queue.findIndex(({ subject }) => !busy.has(subject));
          const [event] = index < 0 ? [] : queue.splice(index, 1);
          if (event) {
            busy.add(event.subject);
            await deliver(event);
            busy.delete(event.subject);
          }
          await sleep(pause);
        }
      }),
    );
    await begun;
    say('all delivered; waiting until all is posted');
    await untilSettled(bellhop, say);
    const journal = await bellhop.end();
    const found = await audit(events, { journal, slack, discord }).finally(() => journal.close());
    const { lost, twice, findings } = found;
    return { accepted, kills, findings, summary: `${accepted} accepted, ${kills} kills: ${lost} lost, ${twice} twice` };
  } finally {
    await bellhop.stop();
    await Promise.all([slack.stop(), discord.stop()]);
  }
}

async function untilSettled(bellhop: Victim, say: (line: string) => void): Promise<void> {
  for (let rounds = 1; ; rounds++) {
    const owed = await bellhop.owed();
    if (owed === 0) return;
    if (rounds % 50 === 0) say(`${owed} still owed`);
    await sleep(200);
  }
}
