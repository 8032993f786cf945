import fc from 'fast-check';

export const letters = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((parts) => parts.join(''));
const HEX = '0123456789abcdef';
export const WORD = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const begins = (start: string, alphabet: string, length: number) =>
  letters(alphabet, length).map((rest) => ({ text: start + rest, secret: rest }));

const pem = letters(WORD, 64).map((secret) => ({
  text: `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`,
  secret,
}));
const jwt = fc.tuple(letters(WORD, 30), letters(WORD, 43)).map(([claims, secret]) => ({
  text: `eyJhbGciOiJIUzI1NiJ9.eyJ${claims}.${secret}`,
  secret,
}));
const card = letters('0123456789', 14).map((digits) => {
  const body = `4${digits}`;
  const sum = [...body].reverse().reduce((total, digit, place) => {
    const value = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  const secret = body + ((10 - (sum % 10)) % 10);
  return { text: secret, secret };
});
const spacedCard = card.map(({ secret }) => {
  const text = secret.replace(/(\d{4})(?=\d)/g, '$1 ');
  return { text, secret: text };
});
const inAddress = letters(WORD, 12).map((secret) => ({ text: `postgres://shop:${secret}@db.example/shop`, secret }));

/** Secrets by their shape, as their services make them. */
const SHAPES = [
  begins('ghp_', WORD, 36),
  begins('github_pat_', WORD, 40),
  begins('glpat-', WORD, 20),
  begins('xoxb-2345678901-2345678901-', WORD, 24),
  begins('sk_live_', WORD, 24),
  begins('whsec_', WORD, 32),
  begins('AKIA', UPPER, 16),
  begins('npm_', WORD, 36),
  begins('SG.abcdefghijklmnopqrstuv.', WORD, 43),
  begins('AIza', WORD, 35),
  begins('hf_', WORD, 34),
  begins('shpat_', HEX, 32),
  begins('dop_v1_', HEX, 64),
  begins('Bearer ', WORD, 24),
  begins('password=', WORD, 10),
  begins('token: ', HEX, 20),
  pem,
  jwt,
  card,
  spacedCard,
  inAddress,
];
export const shaped = fc.oneof(...SHAPES);
