import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { lexer } from 'marked';
import { loadCatalogue } from '../../src/app/catalogue.ts';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { aPullRequest } from './pull-request.ts';
import type { Row } from './run.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const MILLISECONDS = 500;
const BUDGET = 0.25;
const TEMPLATES = new URL('../../templates/', import.meta.url);

/** Body to message to both payloads for a pull request, beside Handlebars and `marked` alone on the same template and text. */
export async function measureCompose(): Promise<readonly Row[]> {
  const { providers, composer } = await loadCatalogue();
  const body = Buffer.from(JSON.stringify(aPullRequest()));
  const delivery: Delivery = {
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json', 'x-github-event': 'pull_request' },
    query: {},
    body,
    receivedAt: new Date(),
    remoteAddress: '',
  };
  const parts = { name: 'github', provider: providers.get('github'), composer };
  const ours = () => {
    const { message } = previewDelivery(delivery, parts);
    return (
      JSON.stringify(toSlackMessage(message, { parseMarkdown })).length +
      JSON.stringify(toDiscordMessages(message, { parseMarkdown })).length
    );
  };
  const alone = createAlone(body);

  const rates = { ours: [] as number[], alone: [] as number[] };
  for (let round = 0; round <= ROUNDS; round++) {
    const measured = { alone: rateOf(alone), ours: rateOf(ours) };
    // The first round only warms up.
    if (round === 0) continue;
    rates.alone.push(measured.alone);
    rates.ours.push(measured.ours);
  }
  const [our, their] = [median(rates.ours), median(rates.alone)];
  const figure = (value: number) => Math.round(value).toLocaleString('en');
  return [
    {
      what: 'compose + Slack payload + Discord payload, a GitHub pull request',
      measured: `${figure(our)}/s = ${(our / their).toFixed(2)} × Handlebars and marked alone (${figure(their)}/s)`,
      budget: `at least ${BUDGET} ×`,
      met: our / their >= BUDGET,
    },
  ];
}

/** The same template over the same payload, with helpers that only join what they are given, and the lexer over the text that this makes. */
function createAlone(body: Buffer): () => number {
  const source = readFileSync(new URL('github/pull_request.hbs', TEMPLATES), 'utf8');
  const environment = Handlebars.create();
  for (const name of helpersIn(source)) environment.registerHelper(name, joined);
  for (const name of partialsIn(source)) environment.registerPartial(name, '{{html_url}}');
  const render = environment.compile(source, { noEscape: true });
  const data = { about: { title: 'A pull request' } };
  return () => lexer(render(JSON.parse(body.toString()), { data })).length;
}

const BUILT_IN = new Set(['if', 'unless', 'each', 'with', 'else']);

function helpersIn(source: string): ReadonlySet<string> {
  const called = [...source.matchAll(/(?:\{\{[#/]?|\()\s*([a-z][\w-]*)\s/g)].map(([, name = '']) => name);
  return new Set(called.filter((name) => !BUILT_IN.has(name)));
}

function partialsIn(source: string): ReadonlySet<string> {
  return new Set([...source.matchAll(/\{\{#?>\s*([\w-]+)/g)].map(([, name = '']) => name));
}

function joined(...given: readonly unknown[]): string {
  return given
    .slice(0, -1)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join(' ');
}

function rateOf(work: () => number): number {
  const before = performance.now();
  let count = 0;
  for (; performance.now() - before < MILLISECONDS; count++) work();
  return count / ((performance.now() - before) / 1000);
}
