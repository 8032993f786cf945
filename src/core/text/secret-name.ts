import { remember } from '../remember.ts';

const SECRET_WORDS = words(
  'password passwords passwd passphrase passcode pwd passwort kennwort wachtwoord senha contrasena motdepasse ' +
    'secret secrets token jwt bearer credential credentials cookie cookies authorization auth otp totp hotp pin cvv cvv2 cvc cvc2 csc ' +
    'ssn iban pan dob birthday birthdate passport signature sig hmac nonce csrf xsrf salt mnemonic dsn apikey accesskey authkey privatekey secretkey pw jws',
);
/** What a name ends with that makes its value a fact about a secret, not the secret. */
const HARMLESS_ENDS = words(
  'count type at on date time length name status state enabled disabled required changed expires expired expiry expiration ttl ' +
    'limit used usage total version algorithm format set valid verified policy strength score method provider mode user scope scopes url uri link',
);
/** Words that make a secret of the word before them. */
const ENDS = new Map(
  Object.entries({
    key: words(
      'api access private public secret signing signature sign encryption ssh deploy master license licence auth service account storage shared consumer ' +
        'app application client hmac recovery session root host activation function functions subscription integration routing ingest ' +
        'ingestion write read admin webhook',
    ),
    code: words(
      'auth authorization authentication verification security access confirmation backup recovery mfa factor 2fa time login signin reset activation sms unlock entry card pin',
    ),
    number: words('card account routing security passport credit debit tax national bank licence license pin'),
    id: words('session tax national'),
    phrase: words('seed recovery backup pass secret'),
    birth: words('of'),
    string: words('connection'),
    summary: words('card'),
    bin: words('card'),
    expiry: words('card'),
    // Some senders call their keyed hash of the body by this name.
    digest: words('payload body signature auth'),
  }),
);
const RUN_TOGETHER =
  /(?:password|passwd|passphrase|passcode|secret|apikey|accesskey|privatekey|secretkey|token|cookie|credentials?|sessionid|cardnumber|cvv|cvc|ssn|otp)$/;
const ONE_TIME_LINK =
  /(?:^|_)(?:reset|magic|login|signin|sign_in|verification|verify|confirm|confirmation|invite|invitation|activation|unsubscribe|recovery)_(?:url|uri|link)$/;

/**
 * Whether what has this name, a header, a parameter of an address or a field of a payload, is a credential or a private
 * number: `password`, `smtp_pass`, `X-Api-Key`, `cardNumber`, `otp`. Senders use the same names for ever.
 */
export const isSecretName = remember(5_000, (name) => {
  const plain = name
    .slice(0, 200)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\d])(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$3_$2')
    .toLowerCase();
  const parts = plain.split(/[^a-z\d]+/).filter(Boolean);
  const last = parts.at(-1) ?? '';
  if (ONE_TIME_LINK.test(parts.join('_'))) return true;
  if (isPair(parts.at(-2), last) || last === 'pass') return true;
  if (parts.length > 1 && HARMLESS_ENDS.has(last)) return false;
  return (
    parts.some((part, place) => SECRET_WORDS.has(part) || isPair(parts[place - 1], part)) ||
    RUN_TOGETHER.test(parts.join(''))
  );
});

function isPair(before: string | undefined, end: string): boolean {
  const known = ENDS.get(end.replace(/s$/, ''));
  return known !== undefined && before !== undefined && known.has(before);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
