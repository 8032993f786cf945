import { loadCatalogue } from '../../src/app/catalogue.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { HookEvent } from '../../src/core/event/event.ts';
import { toSummaryLine } from '../../src/core/message/summary-line.ts';
import { plainText } from '../../src/core/message/tree-text.ts';
import { readEvent } from '../../src/reading/read-event.ts';
import { parseMarkdown } from '../../src/render/markdown/markdown.ts';

const { providers, composer } = await loadCatalogue();

/** What is posted of a payload that is sent to a generic endpoint, and what is known of it. */
export function readWhole(payload: unknown, headers: Readonly<Record<string, string>> = {}) {
  const type = typeof payload === 'string' ? 'text/plain' : 'application/json';
  return readBody(typeof payload === 'string' ? payload : JSON.stringify(payload), {
    'content-type': type,
    ...headers,
  });
}

/** The same of a body as it arrives. */
export function readBody(body: string, headers: Readonly<Record<string, string>> = {}) {
  const provider = providers.get('generic');
  if (!provider) throw new Error('There is no generic provider.');
  const delivery = {
    method: 'POST',
    url: '/',
    headers,
    query: {},
    body: Buffer.from(body),
    receivedAt: new Date('2026-05-01T12:00:00Z'),
    remoteAddress: '192.0.2.1',
  };
  const event: HookEvent = {
    ...delivery,
    id: '1',
    endpointId: '1',
    deliveryId: '1',
    provider: 'generic',
    type: provider.eventType(parseDelivery(delivery), {}) ?? 'unknown',
    verification: {},
  };
  const { incoming, about } = readEvent(event, provider);
  const { message } = composer.compose({
    event: incoming,
    about,
    providerName: 'generic',
    providerTitle: provider.title,
    endpointName: 'door',
    endpointId: '1',
    verified: true,
    overrides: [],
    people: [],
  });
  const tree = parseMarkdown(message.body);
  return {
    type: event.type,
    about,
    title: about.title,
    severity: about.severity,
    url: about.url,
    message,
    /** The body without its marks. */
    body: plainText(tree),
    fields: message.fields.map(({ name, value }) => `${name}: ${plainText(parseMarkdown(value))}`),
    /** The line of the notification. */
    line: toSummaryLine(message, tree, parseMarkdown),
  };
}
