import { randomBytes } from 'node:crypto';
import type { Option } from '../../core/command/command.ts';
import { OptionError } from '../../core/errors.ts';
import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import { SHORTEST_SECRET } from '../../core/message/markdown/typed-word.ts';
import { escapeMarkdown, type Markdown } from '../../core/message/message.ts';
import { type Provider, type SecretOrigin, secretOrigin } from '../../core/provider/provider.ts';
import { anyText } from '../../core/provider/secret-form.ts';
import type { Secret } from '../../core/settings/endpoint.ts';
import { newId } from '../../core/settings/ids.ts';

const LONGEST = 1000;

/** The option by which somebody gives a secret that the provider made. */
export const secretOption = {
  type: 'string',
  secret: true,
  optional: true,
  example: 'whsec_…',
} as const satisfies Omit<Option, 'description'>;

/** What an endpoint's next secret is made of. */
export interface SecretWish {
  readonly provider: Provider;
  readonly options: Readonly<Record<string, string>>;
  /** What somebody gave, if they did. */
  readonly given: string | undefined;
  readonly now: Date;
}

export interface NewSecret {
  readonly origin: SecretOrigin;
  /** Nothing where nothing is signed, or where the provider's own secret is still to be given. */
  readonly secret?: Secret;
}

/** Makes an endpoint's next secret, or takes the one that was given. Throws `OptionError` when it cannot be used. */
export function newSecret({ provider, options, given: typed, now }: SecretWish): NewSecret {
  const origin = secretOrigin(provider, options);
  // Blanks come along when it is copied.
  const given = typed?.trim();
  if (given !== undefined && origin === 'none')
    throw new OptionError(
      'secret',
      `${provider.title} deliveries are not signed here, so there is no secret to give. Leave \`secret=\` out.`,
    );
  if (given !== undefined && (given.length < SHORTEST_SECRET || given.length > LONGEST))
    throw new OptionError(
      'secret',
      `A secret has ${SHORTEST_SECRET} to ${LONGEST} characters; this one has ${given.length}.`,
    );
  const form = provider.signature.secretForm?.(options) ?? anyText;
  if (given !== undefined && !form.fits(given))
    throw new OptionError(
      'secret',
      `This is not a secret that ${provider.title} signs with. It should be ${form.expected}.`,
      { code: 'secret_form' },
    );
  const value = given ?? (origin === 'ours' ? (provider.makeSecret?.() ?? randomBytes(32).toString('hex')) : undefined);
  return { origin, ...(value && { secret: { id: newId(), value, createdAt: now.toISOString() } }) };
}

/** What a reply says of an endpoint's secret, below its URL. */
export function describeSecret({
  name,
  title,
  secret,
  given,
  awaiting,
  givesSecret,
}: {
  readonly name: string;
  readonly title: string;
  readonly secret: string | undefined;
  readonly given: boolean;
  readonly awaiting: boolean;
  readonly givesSecret: boolean;
}): Markdown {
  if (awaiting && givesSecret)
    return `\n**Secret** ${escapeMarkdown(title)} gives it by itself when you set the URL up there. Until then deliveries are refused.`;
  if (awaiting)
    return `\n**Secret** ${escapeMarkdown(title)} makes it. Until you give it with ${inlineCode(`/webhook rotate ${name} secret=…`)}, deliveries are refused.`;
  if (given) return '\n**Secret** the one you gave; it is kept encrypted.';
  return secret
    ? `\n**Secret** ${inlineCode(secret)} (shown only now)`
    : '\n**Secret** none: nothing is signed, so whoever has the URL can deliver.';
}
