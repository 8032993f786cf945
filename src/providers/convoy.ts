import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { chosen } from '../signatures/chosen.ts';
import { hmac } from '../signatures/hmac.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Convoy',
  docs: 'https://docs.getconvoy.io/product-manual/signatures',
  secret: 'theirs',
  evidence: 'vendor',
  options: {
    header: { description: 'The header chosen there; `x-convoy-signature` when left out' },
    algorithm: { description: 'The hash chosen there; `sha256` when left out', choices: ['sha256', 'sha512'] },
    encoding: { description: 'How the hash is written; `hex` when left out', choices: ['hex', 'base64'] },
  },
  signature: chosen(({ headers }, { options }) => {
    const header = options.header?.toLowerCase() ?? 'x-convoy-signature';
    const form = {
      algorithm: options.algorithm === 'sha512' ? ('sha512' as const) : ('sha256' as const),
      encoding: options.encoding === 'base64' ? ('base64' as const) : ('hex' as const),
    };
    const proof = headers[header];
    return typeof proof === 'string' && proof.startsWith('t=')
      ? timestamped({ header, time: { field: 't', signature: 'v1' }, separator: ',', tolerance: A_DAY, ...form })
      : hmac({ header, ...form });
  }),
  eventType: first(field('event_type'), field('event'), guessType),
  about: {},
  setup: `
1. Open **your project → Endpoints**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **endpoint secret**, and give it to Bellhop.`,
});
