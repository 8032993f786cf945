import { X509Certificate } from 'node:crypto';
import { remember } from '../../core/remember.ts';

const parse = remember(50, (pem) => {
  try {
    return new X509Certificate(pem);
  } catch {
    // What does not parse is not a certificate.
    return undefined;
  }
});

/** The key of a certificate in PEM; nothing for what is not a certificate, or is not valid now. */
export function certificateKey(pem: string, now: Date) {
  const certificate = parse(pem);
  if (!certificate) return undefined;
  const valid = certificate.validFromDate <= now && now <= certificate.validToDate;
  return valid ? certificate.publicKey : undefined;
}
