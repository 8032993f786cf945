import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'Fillout',
  docs: 'https://www.fillout.com/help/webhook',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: guessType,
  about: {},
  setup: `
1. Open **Integrate → Webhook → Advanced view** and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
