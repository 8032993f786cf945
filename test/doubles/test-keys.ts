import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A pair of keys for tests, as PEM, and as other texts that stand for the public one. */
export interface TestKeys {
  readonly privatePem: string;
  readonly publicPem: string;
  readonly publicKey: KeyObject;
}

/** Made for these tests, and used for nothing else. */
const RSA_PRIVATE = `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDEmg/hciijRmjn
sH69MgMy8JZ7aqquUB58b8PJrVLUprRnCFtM/EEdw2McVVAz3fJV90wnTSNLV0v3
at9JiU9v3m975DtNeQUjwL6oYWnn6zH1brfdN4vszf2LjXWyvB2ce/OZV0obp55k
c2I9JveY24dkeOY2pJbqY3h++0ySmV8s65aFoB1NKeqP1rBTheBkyonuSWJFlN5U
tDMCpB2WE84IHxKQ5QYI4ZE7WGQSGmdLToTZ3a8AOfQcC4qvMkUYQYlY/bOJwF1V
/nmMQ/dF+n+BuRfmhfZ3oEAbfXBHD58iyq9j9btUaX47VFXeYzmM7ZYh68m9UIxX
CID2/G71AgMBAAECggEAHfB5OSOdoSm0iY306wJt/sipHe/TQLrmPZx2lCSfL8+Y
OvWIk9t5Xhs2YWbzkQZ8ZE+F6xlB5fQMF0hQ6x2sOXTGBPeveT+UAwsT7cfx7RXB
1Kaw/ND778q50RHwidDAcKdmpCQpHreCtTjmDbp8q6xIvMn1gv5DFjwiKjJCSbOp
I+MQyAjQqKOLp4GsqNVFHQNx6Tfh/1viupZUXKWqvqNzuC+lKNhkkXLBiMCG60hk
BObJCvAAM3SjxKd03k0iDwjoi/AHpJpApzx9OqBCENbwunMvmW72mwJK/JZdCatv
qdkvAaSzoP1sfmd/LZO4On67hWy69ZFBw/cVi/zhAQKBgQD/lwoN5cJ3fFo0jh8Q
u7T3t5BP+iwAU/93AK6dIJ395L+8xBq8ifWe1r5rFAwX/rZ9F07WgWN0w9fmsGk4
xGBQRLM90vwOfjBBFj2VgEsejKH426eABqdp2LjsgmSCR9HO4oUxjke80IekhFlM
PUIm1xszfk8tB0lgIKd2Jbkl9QKBgQDE6sxzcN1rFvRLSs6LX6snCfqOlW/jiZYE
WXOsShM4ovPa/4h8XLw7dYn2uAR6M1SK2IBfMDlaeTRu8xVA7Gq3Ti3+cnpXgZjd
DXFFpQK5PD2v7gpOpSwvukGZBk1wlW0+7solzLWco+FMo/rp5cxzPA1/MM/sQKUi
Pc8NHH+FAQKBgQCCYvH9Hv3y6Jw3/Vy5s5hhWuKi+jPiQverJMzvWYlf0YdC7CPb
lOGZk2F2zLZSs10zOWW9piovkg0dIVe8XunnaPSrkGuHlTZWrdri3pzzy7iBdMTh
WgOjyqyj8u0FTVAqI4LhQf00xIi+E8peS03o9Ilq3n/Tr8jt4hqr+hiW1QKBgA5m
wacbtQXU+u7avLpSt9i2ER4GbdVtRYxx4lTSYg99U2pLz/aQba/Hi9yAXst1H5S7
+r97bmZggOYwXviNkcxwKkr2ol3t+3kHN6aJR+a2MijAtv5DdDTVYWDIpjc6pm+4
1Q3op8uZ7KtHPt2GUeqHlNEdh8dWfv0/GfpygB0BAoGBAPfK6PaJpFK/zTlI/qid
PC+PiuGd6kSBrDe7Hx8puC1YCSD47xVV3V5kVbgx5iDpCQObVAy5Lu6JG+ZiiSL3
Xsb/OHxkMZ/Xt4Bv76AzDqr/5qqBdMW9t3ycb2+deog1uTg8rpagTZmhXuPSXPlq
ZKqIxomWjEo51g8voSmZ6t2X
-----END PRIVATE KEY-----`;

/** A certificate of the key above. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIDNzCCAh+gAwIBAgIBATANBgkqhkiG9w0BAQsFADApMScwJQYDVQQDDB5zbnMu
ZXUtY2VudHJhbC0xLmFtYXpvbmF3cy5jb20wIBcNMjAwMTAxMDAwMDAwWhgPMjEy
MDAxMDEwMDAwMDBaMCkxJzAlBgNVBAMMHnNucy5ldS1jZW50cmFsLTEuYW1hem9u
YXdzLmNvbTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAMSaD+FyKKNG
aOewfr0yAzLwlntqqq5QHnxvw8mtUtSmtGcIW0z8QR3DYxxVUDPd8lX3TCdNI0tX
S/dq30mJT2/eb3vkO015BSPAvqhhaefrMfVut903i+zN/YuNdbK8HZx785lXShun
nmRzYj0m95jbh2R45jaklupjeH77TJKZXyzrloWgHU0p6o/WsFOF4GTKie5JYkWU
3lS0MwKkHZYTzggfEpDlBgjhkTtYZBIaZ0tOhNndrwA59BwLiq8yRRhBiVj9s4nA
XVX+eYxD90X6f4G5F+aF9negQBt9cEcPnyLKr2P1u1RpfjtUVd5jOYztliHryb1Q
jFcIgPb8bvUCAwEAAaNoMGYwNwYDVR0RBDAwLoIec25zLmV1LWNlbnRyYWwtMS5h
bWF6b25hd3MuY29tggxrZXlzLmV4YW1wbGUwDAYDVR0TBAUwAwEB/zAdBgNVHQ4E
FgQUS/mLrGf2dcbMwCAeMJwsSrFMSvQwDQYJKoZIhvcNAQELBQADggEBAJXJxvIB
KLEimdPVUQ0UiIuCZPsMiFDlL7q3twXa5q4OTVSksw33ThWvWT5tzvzsSzZpU058
LBYhW/irQmTfwR4d50WOACfvQdy4lGpwn0iY18v3xQACcnVY7Ml7dwECXXzBbH2p
UoEx72/so0IAm5UT1G/alhv7Zi+dzzfoHu/Oc6iRUrTGw2YksPEiL59+eNHBbQ5E
pGJOzsYJmkuT7FjZsff/BDXP4D1BncvCGxfWtg4945HFpBLLHd7Vj+Yv8+MOMeT1
AYMYOLYW7t+EwCAis85Gyq7pAi5e4RPOMyrsJVDhem9JbevfhEdY7rkiCEMmDGVz
3kiUfhwC1ANFlHw=
-----END CERTIFICATE-----`;

export const rsa: TestKeys = toKeys(createPrivateKey(RSA_PRIVATE));
export const otherRsa: TestKeys = toKeys(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
export const ec: TestKeys = toKeys(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
export const otherEc: TestKeys = toKeys(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
export const ed: TestKeys = toKeys(generateKeyPairSync('ed25519').privateKey);
export const otherEd: TestKeys = toKeys(generateKeyPairSync('ed25519').privateKey);

function toKeys(privateKey: KeyObject): TestKeys {
  const publicKey = createPublicKey(privateKey);
  return {
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })).trim(),
    publicKey,
  };
}

/** The key without anything around it: 32 bytes of an Ed25519 key. */
export function bare({ publicKey }: TestKeys, encoding: 'hex' | 'base64'): string {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString(encoding);
}

/** The key in one line of Base64. */
export function der({ publicKey }: TestKeys): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** A published set of keys that holds this one, with a name or without. */
export function keySet({ publicKey }: TestKeys, name?: string): string {
  return JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', ...(name && { kid: name }) }] });
}
