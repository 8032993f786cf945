import { field, header, query, type Reader } from '../../core/delivery/readers.ts';
import { type BarePart, bareParts } from '../../core/provider/scheme/scheme-axes.ts';
import { formFields, sortedText } from '../text/form-text.ts';
import * as parts from '../text/parts.ts';

/** Finds a value where an option points: `header:x-event`, `query:event`, or a path in the payload. */
export function placed(place: string | undefined): Reader {
  if (!place) return () => undefined;
  const [kind, ...rest] = place.split(':');
  const name = rest.join(':').trim();
  if (kind === 'header') return header(name);
  return kind === 'query' ? query(name) : field(place);
}

/** The parts of a signed text as an option writes it; nothing where it cannot be read. `id` is where the delivery id is. */
export function parseMessage(text: string, id: string | undefined): readonly parts.Part[] | undefined {
  const found: parts.Part[] = [];
  for (const [whole, literal, name, argument] of text.matchAll(/([^{}]+)|\{([^{}:]*)(?::([^{}]*))?\}|[{}]/g)) {
    if (literal !== undefined) {
      found.push(literal.replaceAll('\\n', '\n'));
      continue;
    }
    const part = whole.length > 1 ? toPart(name ?? '', argument?.trim(), id) : undefined;
    if (!part) return undefined;
    found.push(part);
  }
  return found.length ? found : undefined;
}

function toPart(name: string, argument: string | undefined, id: string | undefined): parts.Part | undefined {
  if (argument === undefined) {
    const bare = bareParts.find((known) => known === name);
    return bare && (bare === 'id' ? toIdPart(id) : BARE[bare]);
  }
  return argument ? NAMED[name]?.(argument) : undefined;
}

function toIdPart(id: string | undefined): parts.Part | undefined {
  if (!id) return undefined;
  return id.startsWith('header:')
    ? parts.inHeader(id.slice('header:'.length).trim().toLowerCase(), 'id')
    : { covers: 'id', read: placed(id) };
}

const BARE: Readonly<Record<Exclude<BarePart, 'id'>, parts.Part>> = {
  body: parts.body,
  time: parts.time,
  url: parts.url,
  path: {
    read(delivery, { context }) {
      const { pathname, search } = new URL(parts.fullUrl(delivery, context));
      return pathname + search;
    },
  },
  method: parts.method,
  secret: parts.secret,
  form: {
    covers: 'body',
    read(delivery) {
      const fields = formFields(delivery);
      return fields && sortedText(fields);
    },
  },
  'body-sha1': parts.bodyHash('sha1'),
  'body-sha256': parts.bodyHash('sha256'),
  'body-sha512': parts.bodyHash('sha512'),
};

const NAMED: Readonly<Record<string, (argument: string) => parts.Part>> = {
  header: (name) => parts.inHeader(name.toLowerCase()),
  query: parts.inQuery,
  field: (path) => parts.fromPayload(path),
};
