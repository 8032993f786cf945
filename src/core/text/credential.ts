import { remember } from '../remember.ts';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** Words that stand in the name of a credential, whatever else is in it. */
const WORDS = new Set(
  (
    'authorization authentication auth authenticate cookie token secret secrets signature signatures sig hmac ' +
    'digest credential credentials password passwd passcode passphrase passwort pass pwd pw pin otp totp cvv cvc jwt jws bearer ' +
    'session sessionid sid csrf xsrf apikey accesskey privatekey authkey authtoken accesstoken mfa'
  ).split(' '),
);
/** After these words, `key` means a credential and not a thing's name. */
const KEEPERS = new Set(
  (
    'api access private auth secret app application account master consumer license licence functions function subscription ' +
    'service client server integration routing ingest ingestion write read signing sign encryption ssh shared admin user webhook hook x'
  ).split(' '),
);

/** Whether what has this name is a credential: a header, a query parameter, or a field of a payload. */
export const isCredentialName = remember(2_000, (name) => {
  const words = name
    .slice(0, 100)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  if (words.some((word) => WORDS.has(word) || /(?:token|secret|password|apikey)$/.test(word))) return true;
  const [last, before] = words.toReversed();
  if (before === undefined) return last === 'key' || last === 'code';
  return last === 'key' && KEEPERS.has(before);
});
