import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

/** Discord's published API description, where it is at hand. */
const FILE = new URL('../../../../shared/oracles/discord-openapi.json', import.meta.url);

/** Holds requests and responses against Discord's own description. Each answer is a list of what is wrong. */
export interface Oracle {
  request(method: string, template: string, body: unknown): readonly string[];
  response(method: string, template: string, status: number, body: unknown): readonly string[];
}

export const oracleAtHand = existsSync(FILE);

/** The oracle, or nothing where the description is not at hand. */
export function createOracle(): Oracle | undefined {
  if (!oracleAtHand) return undefined;
  shared ??= loadOracle();
  return shared;
}

let shared: Oracle | undefined;

function loadOracle(): Oracle {
  const document: { readonly paths: Record<string, Record<string, Json>>; readonly components: Json } = JSON.parse(
    readFileSync(FILE, 'utf8'),
  );
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    formats: { snowflake: /^\d{1,20}$/, nonce: true, int32: true, int64: true },
  });
  formats.default(ajv);
  ajv.addSchema({ $id: 'discord', components: document.components });
  const compiled = new Map<string, ValidateFunction | undefined>();

  function check(key: string, schema: () => unknown, body: unknown): readonly string[] {
    if (!compiled.has(key)) {
      const text = JSON.stringify(schema());
      compiled.set(
        key,
        text ? ajv.compile(JSON.parse(text.replaceAll('"#/components', '"discord#/components'))) : undefined,
      );
    }
    const validate = compiled.get(key);
    if (!validate || validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${key} ${instancePath} ${message}`);
  }

  const oracle: Oracle = {
    request: (method, template, body) =>
      check(
        `${method} ${template}`,
        () => schemaIn(operation(document.paths, method, template), 'requestBody'),
        relaxed(body),
      ),
    response: (method, template, status, body) =>
      check(
        `${method} ${template} ${status}`,
        () => schemaIn(operation(document.paths, method, template), 'responses', String(status)),
        body,
      ),
  };
  // Compiling takes long; done later, it would stop the clock between a question and its answer.
  for (const template of ['/channels/:/messages', '/interactions/:/:/callback', '/webhooks/:/:']) {
    oracle.request('POST', template, {});
    oracle.response('POST', template, 200, {});
  }
  return oracle;
}

function operation(paths: Record<string, Record<string, Json>>, method: string, template: string): Json | undefined {
  const path = Object.keys(paths).find((candidate) => candidate.replace(/\{[^}]+\}/g, ':') === template);
  return path === undefined ? undefined : paths[path]?.[method.toLowerCase()];
}

function schemaIn(found: Json | undefined, ...keys: readonly string[]): unknown {
  return [...keys, 'content', 'application/json', 'schema'].reduce<unknown>(
    (value, key) => (value as Json | undefined)?.[key],
    found,
  );
}

/** The reference documents this field as a string, its machine-readable twin as an integer; both are taken. */
function relaxed(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((command) => ({
    ...command,
    ...(typeof command.default_member_permissions === 'string' && {
      default_member_permissions: Number(command.default_member_permissions),
    }),
  }));
}
