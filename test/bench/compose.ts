import { loadCatalogue } from '../../src/catalogue.ts';
import type { HookEvent } from '../../src/core/event.ts';
import { toDiscordMessage } from '../../src/platforms/discord/to-discord-message.ts';
import { toSlackMessage } from '../../src/platforms/slack/to-slack-message.ts';
import { readEvent } from '../../src/relay/read-event.ts';
import { parseMarkdown } from '../../src/render/markdown.ts';
import type { Row } from './run.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const SECONDS = 1;
const BUDGET = 4_000;

/** Body to message to both payloads, over every GitHub sample in turn, parsing included. */
export async function measureCompose(): Promise<readonly Row[]> {
  const { providers, templates, composer } = await loadCatalogue();
  const events = [...templates.samples.of('github').values()].map(
    ({ type, headers, body }): HookEvent => ({
      id: '1',
      endpointId: 'bench',
      provider: 'github',
      type: headers['x-github-event'] ?? type,
      deliveryId: 'bench',
      verification: { secretId: 'bench' },
      method: 'POST',
      headers,
      query: {},
      body,
      receivedAt: new Date(),
      remoteAddress: '',
    }),
  );
  const provider = providers.get('github');
  const once = (event: HookEvent) => {
    const { incoming, about } = readEvent(event, provider);
    const { message } = composer.compose({
      event: incoming,
      about,
      providerName: 'github',
      providerTitle: 'GitHub',
      endpointName: 'bench',
      endpointId: 'bench',
      verified: true,
      overrides: [],
      people: [],
    });
    return (
      JSON.stringify(toSlackMessage(message, { parseMarkdown })).length +
      JSON.stringify(toDiscordMessage(message, { parseMarkdown })).length
    );
  };
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    let count = 0;
    while (performance.now() - before < SECONDS * 1000)
      for (const event of events) {
        once(event);
        count++;
      }
    // The first round only warms up.
    if (round) rates.push(count / ((performance.now() - before) / 1000));
  }
  const rate = median(rates);
  return [
    {
      what: `compose + Slack payload + Discord payload, ${events.length} GitHub samples`,
      measured: `${Math.round(rate).toLocaleString('en')}/s`,
      budget: `at least ${BUDGET.toLocaleString('en')}/s`,
      met: rate >= BUDGET,
    },
  ];
}
