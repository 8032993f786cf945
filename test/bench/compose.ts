import { loadCatalogue } from '../../src/app/catalogue.ts';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import type { Row } from './run.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const SECONDS = 1;
const BUDGET = 4_000;

/** Body to message to both payloads, over every GitHub sample in turn, parsing included. */
export async function measureCompose(): Promise<readonly Row[]> {
  const { providers, templates, composer } = await loadCatalogue();
  const deliveries = [...templates.samples.of('github').values()].map(
    ({ headers, body }): Delivery => ({
      method: 'POST',
      url: '',
      headers,
      query: {},
      body,
      receivedAt: new Date(),
      remoteAddress: '',
    }),
  );
  const parts = { name: 'github', provider: providers.get('github'), composer };
  const once = (delivery: Delivery) => {
    const { message } = previewDelivery(delivery, parts);
    return (
      JSON.stringify(toSlackMessage(message, { parseMarkdown })).length +
      JSON.stringify(toDiscordMessages(message, { parseMarkdown })).length
    );
  };
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    let count = 0;
    while (performance.now() - before < SECONDS * 1000)
      for (const delivery of deliveries) {
        once(delivery);
        count++;
      }
    // The first round only warms up.
    if (round) rates.push(count / ((performance.now() - before) / 1000));
  }
  const rate = median(rates);
  return [
    {
      what: `compose + Slack payload + Discord payload, ${deliveries.length} GitHub samples`,
      measured: `${Math.round(rate).toLocaleString('en')}/s`,
      budget: `at least ${BUDGET.toLocaleString('en')}/s`,
      met: rate >= BUDGET,
    },
  ];
}
