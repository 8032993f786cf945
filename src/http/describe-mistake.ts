/** What zod found wrong in one place of a request, as Fastify hands it on. */
export interface Mistake {
  /** The kind of mistake. */
  readonly keyword: string;
  /** Where it is, such as `/limit`. */
  readonly instancePath: string;
  readonly message?: string | undefined;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A mistake in a request, as a sentence for whoever sent it. */
export function describeMistake({ keyword, instancePath, message = '', params }: Mistake): string {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const where = path ? `\`${path}\`` : 'The body';
  return `${where} ${toClause(keyword, params) ?? message}.`;
}

/** Nothing where the schema says it in words of ours. */
function toClause(keyword: string, params: Mistake['params']): string | undefined {
  const { expected, values, origin, minimum, maximum } = params;
  switch (keyword) {
    case 'invalid_type':
      return `must be ${TYPES[String(expected)] ?? expected}`;
    case 'invalid_value':
      return Array.isArray(values) ? `must be ${values.map((value) => `\`${value}\``).join(' or ')}` : undefined;
    case 'invalid_union':
      return 'does not match what this request expects. See `/api/v1/openapi.json`';
    case 'too_small':
      return origin === 'string' ? `must have at least ${minimum} characters` : `must be at least ${minimum}`;
    case 'too_big':
      return origin === 'string' ? `must have at most ${maximum} characters` : `must be at most ${maximum}`;
    default:
      return undefined;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  int: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
};
