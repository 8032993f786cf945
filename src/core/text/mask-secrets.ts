import { remember } from '../remember.ts';

/** Stands where something secret or private was. */
export const MASK = '••••';

/** How the tokens of well-known services begin, and what follows. */
const TOKENS = [
  ['eyJ', String.raw`[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)*`],
  ['gh[pousr]_|github_pat_', String.raw`\w{16,}`],
  ['gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|wt|soat|ffct)-|GR1348941', String.raw`[\w.-]{10,}`],
  ['xox[a-z]|xapp-|xwfp-', String.raw`[\w.-]{10,}`],
  ['(?:sk|rk|pk)_(?:live|test|prod)_|whsec_', String.raw`[\w+/=-]{8,}`],
  ['A(?:KI|SI|BI|CC|GP|ID|IP|NP|NV|PK|RO|SC)A', String.raw`[A-Z\d]{12,}`],
  [
    '(?:npm|rubygems|hf|ntn|sbp|gsk|nfp|figd|dckr_pat|glsa|lin_api|lin_oauth|ph[cx]|sntry[su]|shp[a-z]{2,4}|do[opr]_v1)_',
    String.raw`[A-Za-z\d=+/-]{16,}\w*`,
  ],
  ['(?:pypi|xkeysib|tskey|PMAK|CFPAT|GOCSPX|nvapi|NRAK|NRII|sq0[a-z]{3}|AGE-SECRET-KEY)-', String.raw`[\w-]{20,}`],
  // Such beginnings are words too, so what follows must look random.
  ['(?:secret|ops|rnd|r8|glc|vercel|fo1)_', String.raw`(?=[A-Za-z]*\d)[A-Za-z\d=+/-]{20,}`],
  ['(?:sk|key|pat|pul)-', String.raw`(?:[a-z]{2,8}\d?-){0,2}(?=[\w-]{0,30}\d)(?=[\w-]*?\w{8})[\w-]{20,}`],
  [String.raw`ya29\.|hv[bsr]\.|SG\.|dp\.[a-z]{2,4}\.`, String.raw`[\w-]{16,}(?:\.[\w-]{16,})?`],
  ['AIza|EAA(?=[A-Z])|AT(?:ATT|CTT|BB)', String.raw`[\w=-]{20,}`],
  ['dapi|SK|AC', String.raw`[\da-f]{24,}`],
  [String.raw`\d{8,10}:AA`, String.raw`[\w-]{30,}`],
  [String.raw`[MNO][\w-]{22,27}\.[\w-]{6}\.`, String.raw`[\w-]{25,}`],
  [String.raw`(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-[\w-]{4,20})\s+AAAA`, String.raw`[\w+/=]{8,}`],
] as const;
/** What a name in running text, a header or a query gives away. */
const ASSIGNED =
  String.raw`(?<name>(?:passw(?:or)?d|passwort|passphrase|passcode|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|account[-_ ]?key|secret[-_ ]?key|authorization|cookie|credentials?|signature|(?<![a-z])(?:pwd|sig|otp|pin|cvv|cvc|jwt|auth))\\?["']?[ \t]{0,3}(?:=>?|:)[ \t]{0,3})` +
  String.raw`(?<value>\\?"[^"\\]{1,2000}|\\?'[^'\\]{1,2000}|(?!https?:\/\/)(?:(?:bearer|basic|token|digest)[ \t]+)?[^\s"'&,;<>()\\]+)`;
const CODES = `(?<![a-z])(?:otp|pin|pass ?code|your code|(?:one[- ]time|verification|security|confirmation|log-?in|sign-?in|access|auth(?:entication)?|2fa|mfa) (?:pass)?(?:code|word|password|pin))`;
const SECRET = new RegExp(
  [
    String.raw`-----BEGIN [A-Z\d ]{0,40}(?:PRIVATE|SECRET) KEY[A-Z ]{0,10}-----(?:[\s\S]*?-----END [A-Z\d ]{0,60}-----|[\s\S]*)`,
    `(?<![A-Za-z0-9])(?:${TOKENS.map(([start, rest]) => `(?:${start})${rest}`).join('|')})`,
    String.raw`(?<scheme>:\/\/)[^\s/@:?#]{0,200}:[^\s/]{1,200}@`,
    String.raw`(?<hook>hooks\.slack\.com\/[a-z]{1,20}\/|discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\/|webhook\.office\.com\/)[\w@/.-]{8,}`,
    `(?i:${ASSIGNED})`,
    String.raw`(?i:(?<how>(?<![a-z])bearer[ \t]+)(?=[\w+/.~-]{0,200}[\d=+/_~]|[\w-]{16})[\w+/=.~-]{6,})`,
    String.raw`(?i:(?<basic>(?<![a-z])basic[ \t]+)(?<login>[a-z\d+/]{6,}={0,2}))`,
    String.raw`(?i:(?<what>${CODES}(?: is|:)?[ \t]{1,3})\d[\d -]{2,8}\d)`,
    String.raw`(?<![\w.])\d{4,8}(?= is your [\w -]{0,30}(?:code|pin|otp|password))`,
    String.raw`(?<![\dA-Za-z.]|:\/\/\S{0,500}\/)(?<card>\d(?:[ -]?\d){12,18})(?![\dA-Za-z])`,
    String.raw`(?<![\dA-Za-z])(?<iban>[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,4})?)(?![\dA-Za-z])`,
    String.raw`(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])`,
  ].join('|'),
  'g',
);
// Only what holds one of these can hold a secret. Most text does not, and is not searched further.
const TRIGGER = new RegExp(
  [
    ...TOKENS.map(([start]) => start),
    String.raw`\d(?:[ -]?\d){12}|[A-Z]{2}\d\d ?\w{4}|\d-\d\d-\d{4}|:\/\/[^\s/]{0,400}@|-BEGIN|hooks\.|webhook|code|otp|pin`,
    '(?i:pass(?:w|ph|code)|pwd|secret|token|[-_ ]key|apikey|bearer|basic|auth|cookie|credential|sig|otp|pin|cv[cv]|jwt)',
  ].join('|'),
);
/** What people say of a secret in place of it. */
const REMARK =
  /^(?:expired|changed|reset|rotated|required|invalid|missing|incorrect|wrong|updated|created|deleted|revoked|leaked|null|none|true|false|yes|no|set|unset|ok|the|your|is|was|has|had|must|not|please|for|of|in|on|and|or|•+)[.!:]?$/i;

/**
 * Text without the secrets and private numbers that show by their shape: tokens of known services, JSON web tokens,
 * private keys, passwords in addresses and assignments, one-time codes, card and account numbers. All else stays.
 */
export function maskText(text: string): string {
  return TRIGGER.test(text) ? text.replace(SECRET, replacement) : text;
}

/** Whether a name holds what must not be shown, as where a sender counts by token: `{"ghp_…": 12}`. */
export const holdsSecret = remember(5_000, (name) => maskText(name) !== name);

function replacement(found: string, ...rest: readonly unknown[]): string {
  const [offset, text, parts] = rest.slice(-3) as [number, string, Readonly<Record<string, string | undefined>>]; // The pattern has named groups.
  if (parts.name !== undefined)
    return withoutAssigned(found, parts.name, parts.value ?? '', text.slice(offset + found.length));
  if (parts.scheme !== undefined) return `${parts.scheme}${MASK}@`;
  if (parts.card !== undefined) return isCard(parts.card.replace(/\D/g, '')) ? MASK : found;
  if (parts.iban !== undefined) return withoutIban(parts.iban);
  if (parts.basic !== undefined) return isLogin(parts.login ?? '') ? parts.basic + MASK : found;
  return (parts.hook ?? parts.how ?? parts.what ?? '') + MASK;
}

/** "auth: fix the login" and "token: expired" only mention a secret; the text after a password's name is always one. */
function withoutAssigned(found: string, name: string, value: string, after: string): string {
  if (REMARK.test(value) || !/[\p{L}\p{N}]/u.test(value) || after.startsWith('(')) return found;
  const isWord = /:[ \t]*$/.test(name) && /^\p{L}+(?:['’-]\p{L}+)*[.!?]?$/u.test(value);
  const goesOn = /^ \p{Ll}/u.test(after);
  if (isWord && !/^passw|^pwd/i.test(name) && (goesOn || (value.length < 12 && !/^secret/i.test(name)))) return found;
  if (/^(?:otp|pin|cvv|cvc)/i.test(name) && !/^["'\\]*\d{3,10}\b(?!\.)/.test(value)) return found;
  return name + (/^\\?["']/.exec(value)?.[0] ?? '') + MASK;
}

/** Whether it is a name and a password, as HTTP writes them. */
function isLogin(base64: string): boolean {
  return /^[\x20-\x7e]{1,200}:[\x20-\x7e]*$/.test(Buffer.from(base64, 'base64').toString('latin1'));
}

/** Whether digits are a card's: the length its issuer gives, and the right check digit. */
function isCard(digits: string): boolean {
  const { length } = digits;
  const issued =
    (/^4/.test(digits) && (length === 13 || length === 16 || length === 19)) ||
    (/^(?:5[1-5]|2[2-7]|35)/.test(digits) && length === 16) ||
    (/^3[47]/.test(digits) && length === 15) ||
    (/^3[0689]/.test(digits) && length >= 14 && length <= 16) ||
    (/^6/.test(digits) && length >= 16) ||
    (/^5[0678]/.test(digits) && length >= 13);
  return issued && luhn(digits);
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The words behind a number may look like more of it, so the end is tried shorter and shorter. */
function withoutIban(found: string): string {
  for (let end = found.length; end >= 15; end = found.lastIndexOf(' ', end - 1)) {
    const number = found.slice(0, end).replaceAll(' ', '');
    if (number.length <= 34 && /^[A-Z]{2}/.test(number) && remainder(number) === 1) return MASK + found.slice(end);
  }
  return found;
}

function remainder(iban: string): number {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}
