import { MASK } from '../../core/text/mask-secrets.ts';
import { isSecretName } from '../../core/text/secret-name.ts';
import { createTextFinder, type TextFinder } from '../../core/text/text-finder.ts';
import { pairOf } from './pairs.ts';
import { isObject, isScalar } from './scalar.ts';

const LENGTH = { least: 6, most: 500 } as const;
/** More secrets than that are not looked for. */
const MOST = 50;
/** `orders.created.v2` or `oauth2`: names that people chose, and that a text may need. */
const CHOSEN_NAME = /^[a-z]+(?:[-._/:][a-z]+)*[-._/:]?v?\d{1,2}$/i;
/** What has such a name is a secret even where it looks like a word. */
const PASSWORD = /pass|pwd/i;
const ADDRESS = /^(?:\w+:\/\/|[\w.+-]+@[\w-]+\.[\w.-]+$)/;

/**
 * A payload whose texts do not repeat what a field beside them keeps secret by its name: `{"new_password": "Spring2026!",
 * "message": "Reset to Spring2026!"}`. A text of one word stays, so that ids and addresses remain what they are.
 */
export function hideRepeatedSecrets(payload: unknown): unknown {
  const secrets = new Set<string>();
  collect(payload, secrets);
  return secrets.size === 0 ? payload : hideIn(payload, createTextFinder(secrets));
}

function collect(value: unknown, secrets: Set<string>): void {
  if (typeof value !== 'object' || value === null || secrets.size >= MOST) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, secrets);
    return;
  }
  const branch = value as Readonly<Record<string, unknown>>;
  for (const name in branch) {
    const inner = branch[name];
    if (!isScalar(inner)) collect(inner, secrets);
    else if (isSecretValue(name, inner)) secrets.add(String(inner));
  }
  const [label, named] = pairOf(branch) ?? [];
  if (label !== undefined && isSecretValue(label, named)) secrets.add(String(named));
}

/** Whether a value looks like a secret that a text would hold for no other reason. */
function isSecretValue(name: string, value: unknown): boolean {
  if (!['string', 'number', 'bigint'].includes(typeof value)) return false;
  const text = String(value);
  if (text.length < LENGTH.least || text.length > LENGTH.most || !isSecretName(name)) return false;
  if (!/\d/.test(text) || /\s/.test(text) || ADDRESS.test(text)) return false;
  return PASSWORD.test(name) || !CHOSEN_NAME.test(text);
}

function hideIn(value: unknown, finder: TextFinder): unknown {
  if (typeof value === 'string')
    return value.length > finder.shortest && /\s/.test(value) ? hide(value, finder) : value;
  if (Array.isArray(value)) return value.map((item) => hideIn(item, finder));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hideIn(inner, finder)]));
}

function hide(text: string, finder: TextFinder): string {
  let [clean, done, from] = ['', 0, 0];
  for (let found = finder.next(text, from); found; found = finder.next(text, from)) {
    const { start, end } = found;
    if (/[\p{L}\p{N}]/u.test(text.charAt(start - 1) + text.charAt(end))) {
      from = start + 1;
      continue;
    }
    clean += text.slice(done, start) + MASK;
    done = from = end;
  }
  return done > 0 ? clean + text.slice(done) : text;
}
