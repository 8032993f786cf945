import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import { lexer } from 'marked';
import { type Catalogue, loadCatalogue } from '../../src/app/catalogue.ts';
import type { Delivery } from '../../src/core/delivery/delivery.ts';
import { toDiscordMessages } from '../../src/platforms/discord/message/to-discord-messages.ts';
import { toSlackMessage } from '../../src/platforms/slack/message/to-slack-message.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';
import { aPullRequest } from './pull-request.ts';
import type { Row } from './run.ts';
import { aSentryEvent } from './sentry-event.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const MILLISECONDS = 500;
const TEMPLATES = new URL('../../templates/', import.meta.url);

interface Subject {
  readonly what: string;
  /** The provider and the template that makes its message. */
  readonly name: string;
  readonly template: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
  /** How fast at least, beside Handlebars and `marked` alone. */
  readonly budget: number;
}

const SUBJECTS: readonly Subject[] = [
  {
    what: 'a GitHub pull request',
    name: 'github',
    template: 'github/pull_request.hbs',
    headers: { 'x-github-event': 'pull_request' },
    payload: aPullRequest(),
    budget: 0.25,
  },
  {
    what: 'a Sentry event of 56 KB',
    name: 'sentry',
    template: 'sentry/error.created.hbs',
    headers: { 'sentry-hook-resource': 'error' },
    payload: aSentryEvent(56 * 1024),
    budget: 0.25 / 4,
  },
];

/** Body to message to both payloads, beside Handlebars and `marked` alone on the same template and text. */
export async function measureCompose(): Promise<readonly Row[]> {
  const { providers, composer } = await loadCatalogue();
  return SUBJECTS.map((subject) => measure(subject, { providers, composer }));
}

function measure(
  { what, name, template, headers, payload, budget }: Subject,
  { providers, composer }: Pick<Catalogue, 'providers' | 'composer'>,
): Row {
  const body = Buffer.from(JSON.stringify(payload));
  const delivery: Delivery = {
    method: 'POST',
    url: '',
    headers: { 'content-type': 'application/json', ...headers },
    query: {},
    body,
    receivedAt: new Date(),
    remoteAddress: '',
  };
  const parts = { name, provider: providers.get(name), composer };
  const ours = () => {
    const { message } = previewDelivery(delivery, parts);
    return (
      JSON.stringify(toSlackMessage(message, { parseMarkdown })).length +
      JSON.stringify(toDiscordMessages(message, { parseMarkdown })).length
    );
  };
  const alone = createAlone(body, template);

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
  return {
    what: `compose + Slack payload + Discord payload, ${what}`,
    measured: `${figure(our)}/s = ${(our / their).toFixed(2)} × Handlebars and marked alone (${figure(their)}/s)`,
    budget: `at least ${budget} ×`,
    met: our / their >= budget,
  };
}

/** The same template over the same payload, with helpers that only join what they are given, and the lexer over the text that this makes. */
function createAlone(body: Buffer, template: string): () => number {
  const source = readFileSync(new URL(template, TEMPLATES), 'utf8');
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
