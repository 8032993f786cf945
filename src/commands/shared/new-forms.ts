import type { Form, Option, Reply } from '../../core/command/command.ts';
import { reply } from '../../core/command/reply.ts';
import { escapeMarkdown } from '../../core/message/message.ts';
import { type Provider, secretOrigin } from '../../core/provider/provider.ts';
import { OWN_SCHEME } from '../../core/provider/scheme/scheme-axes.ts';
import { anyText } from '../../core/provider/secret-form.ts';
import { secretOption } from './new-secret.ts';

const SUBMIT = 'Create endpoint';

/** What every endpoint has, as far as it is known already. */
export interface Known {
  readonly in: string | undefined;
  readonly as: string | undefined;
}

/** Asks who sends: what else is asked depends on that. */
export function askForProvider(): Reply {
  return reply(
    'Say who sends and where it is to be posted: `/webhook new github in #ops`. Where you do not know who sends, `/webhook new in #ops` makes a URL that shows it.',
    {
      form: { command: 'new', title: 'New endpoint', ask: ['provider'], options: { ask: 'true' }, submit: 'Next' },
      data: { code: 'missing_option', field: 'provider' },
    },
  );
}

/** Asks for what an endpoint of one provider has, and for nothing else. */
export function askForEndpoint(name: string, provider: Provider, known: Known): Reply {
  const { title, options = {} } = provider;
  const choices = Object.entries(options).map(([option, { description, choices }]): [string, Option] => [
    option,
    { type: 'string', optional: true, description, ...(choices && { choices }) },
  ]);
  const secret: readonly [string, Option][] = mayNeedSecret(provider) ? [['secret', toSecretOption(provider)]] : [];
  const fields = Object.fromEntries([...secret, ...choices]);
  return ask(`Where should webhooks from ${escapeMarkdown(title)} be posted?`, {
    title: `New ${title} endpoint`,
    ask: ['in', 'as', ...Object.keys(fields)],
    options: { provider: name, ...given(known) },
    fields,
  });
}

/** Asks for what an endpoint has whose sender nobody has named. */
export function askForPending(known: Known): Reply {
  return ask('The first delivery shows who sends. Where is it to be posted?', {
    title: 'New endpoint',
    ask: ['in', 'as'],
    options: { wait: 'true', ...given(known) },
  });
}

export function askForScheme(known: Known): Reply {
  return reply(
    'A custom endpoint needs its scheme: where the signature is, how it is written, and what is signed. Paste a real delivery and its secret to have it checked before the endpoint is made.',
    {
      form: {
        command: 'new',
        title: 'A scheme of your own',
        ask: ['choices', 'secret', 'delivery', 'in', 'as'],
        options: {
          provider: OWN_SCHEME,
          choices: 'header=x-signature digest=sha256 encoding=hex message={body}',
          ...given(known),
        },
        submit: SUBMIT,
      },
      data: { code: 'missing_option', field: 'choices' },
    },
  );
}

function ask(text: string, form: Omit<Form, 'command' | 'submit'>): Reply {
  return reply(text, { form: { command: 'new', submit: SUBMIT, ...form } });
}

function given({ in: place, as: name }: Known): Readonly<Record<string, string>> {
  return { ...(place && { in: place }), ...(name && { as: name }) };
}

/** Whether the provider makes the secret and cannot give it by itself, at least with one of its choices. */
function mayNeedSecret(provider: Provider): boolean {
  if (provider.givesSecret) return false;
  const chosen = Object.entries(provider.options ?? {}).flatMap(([option, { choices = [] }]) =>
    choices.map((choice) => ({ [option]: choice })),
  );
  return [{}, ...chosen].some((each) => secretOrigin(provider, each) === 'theirs');
}

function toSecretOption({ title, signature }: Provider): Option {
  const { expected } = signature.secretForm?.({}) ?? anyText;
  return {
    ...secretOption,
    description: `${title} makes it. It is ${expected}. Leave it out to give it later`,
  };
}
