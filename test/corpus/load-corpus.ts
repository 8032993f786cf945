import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Delivery } from '../../src/core/delivery/delivery.ts';

/** Payloads that real providers sent, where they lie beside the project. */
export const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

export type Headers = Readonly<Record<string, string>>;

/** A recorded delivery, and what a reader would expect to be told of it. */
export interface Recording {
  /** As the recordings name it, and as Bellhop does. */
  readonly folder: string;
  readonly provider: string;
  readonly file: string;
  readonly body: Buffer;
  /** In lower case, with the content type. More than one where the same body was sent as several events. */
  readonly headers: readonly [Headers, ...Headers[]];
  readonly expectations: readonly Expectation[];
}

export interface Expectation {
  readonly topic: string;
  readonly message: string;
}

/** Recordings of one provider's older and newer deliveries, and those under another name than ours. */
const FAMILIES: Readonly<Record<string, string>> = {
  azuredevops: 'azure-devops',
  bitbucket2: 'bitbucket',
  bitbucket3: 'bitbucket',
  clubhouse: 'shortcut',
  homeassistant: 'home-assistant',
  newrelic: 'new-relic',
};

const saidShape = z.looseObject({ topic: z.string().optional(), message: z.string() });
const caseShape = z.looseObject({
  message: z.string().optional(),
  messages: z.array(saidShape).optional(),
  query: z.record(z.string(), z.unknown()).default({}),
  raises: z.unknown().optional(),
  direct_message: z.boolean().default(false),
});
const headersShape = z.record(z.string(), z.string());
const fixtureShape = z.looseObject({
  file: z.string(),
  headers: z.union([headersShape, z.array(headersShape)]).default({}),
  encoding: z.union([z.string(), z.array(z.string())]).optional(),
  cases: z.array(caseShape).default([]),
});
const indexShape = z.looseObject({
  providers: z.record(z.string(), z.looseObject({ fixtures: z.array(fixtureShape) })),
});

type Fixture = z.infer<typeof fixtureShape>;

/** Why nothing can be read there; false where it can. */
export function missing(folder: string): string | false {
  return !existsSync(join(folder, 'index.json')) && `There are no recorded payloads in ${folder}.`;
}

/** Every recording of a folder, in the order of its index. */
export function loadCorpus(folder: string): readonly Recording[] {
  const { providers } = indexShape.parse(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')));
  return Object.entries(providers).flatMap(([name, { fixtures }]) =>
    fixtures.map((fixture) => {
      const { body, type } = toBody(readFileSync(join(folder, fixture.file)), fixture);
      const [first = {}, ...others] = [fixture.headers].flat();
      const lowered = (headers: Headers): Headers => ({ 'content-type': type, ...toLowerCase(headers) });
      return {
        folder: name,
        provider: FAMILIES[name] ?? name,
        file: fixture.file,
        body,
        headers: [lowered(first), ...others.map(lowered)] as const,
        expectations: toExpectations(fixture),
      };
    }),
  );
}

/** A recording as it would arrive. */
export function toDelivery({ body, headers: [first] }: Recording, headers: Headers = first): Delivery {
  return { method: 'POST', url: '', headers, query: {}, body, receivedAt: new Date(), remoteAddress: '' };
}

/** A recorded body, as its provider wraps it. */
function toBody(bytes: Buffer, { file, encoding }: Fixture): { readonly body: Buffer; readonly type: string } {
  const [, field] = /^(?:urlencoded-field|query-param):(\w+)$/.exec(String(encoding)) ?? [];
  const text = bytes.toString();
  const form = 'application/x-www-form-urlencoded';
  if (field) return { body: Buffer.from(new URLSearchParams({ [field]: text }).toString()), type: form };
  const [, boundary] = /^--(\S+)/.exec(text) ?? [];
  if (encoding === 'multipart' && boundary) {
    // On the wire its lines end with both characters; the recordings have lost one.
    const body = Buffer.from(text.replace(/\r?\n/g, '\r\n'));
    return { body, type: `multipart/form-data; boundary=${boundary}` };
  }
  if (file.endsWith('.xml')) return { body: bytes, type: 'application/xml' };
  if (!file.endsWith('.txt')) return { body: bytes, type: 'application/json' };
  return { body: bytes, type: /^[\w.[\]-]+=\S*\s*$/.test(text) ? form : 'text/plain' };
}

/** What was expected of it, each text once: some differ only in options of the reader. */
function toExpectations({ cases }: Fixture): readonly Expectation[] {
  const found = new Map<string, Expectation>();
  for (const { topic, message, messages, query, raises, direct_message } of cases) {
    const parts = messages ?? (message === undefined ? [] : [{ topic, message }]);
    const text = parts.map((part) => part.message).join('\n');
    // A direct message is for the recorder's owner, about the recorder.
    if (text.trim() === '' || raises !== undefined || direct_message) continue;
    // A topic that the reader asked for is not the payload's.
    const chosen = 'topic' in query;
    const topics = chosen ? [] : [...new Set(parts.map((part) => part.topic))];
    if (!found.has(text) || !chosen) found.set(text, { topic: topics.filter(Boolean).join('\n'), message: text });
  }
  return [...found.values()];
}

function toLowerCase(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
