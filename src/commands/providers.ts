import { defineCommand } from '../core/command/command.ts';
import { reply } from '../core/command/reply.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../core/message/message.ts';
import { findHead, headsOf, type ProviderHead } from '../core/provider/heads.ts';
import { type Provider, secretOrigin } from '../core/provider/provider.ts';
import { plural } from '../core/text/line.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { pageOption, toPage } from './shared/pages.ts';
import { toSetupSteps } from './shared/setup-steps.ts';

const PAGE = 25;

export default defineCommand({
  summary: 'List the providers that Bellhop knows, or look one up',
  help: 'With a word, lists those that have it in their name. One that is named exactly is shown whole: how it signs, how sure that is, how it proves the URL, and how to set it up.',
  examples: ['/webhook providers', '/webhook providers pay', '/webhook providers stripe'],
  place: 18,
  permission: 'member',
  options: {
    word: {
      type: 'string',
      positional: true,
      rest: true,
      optional: true,
      complete: 'provider',
      example: 'stripe',
      description: 'A part of its name',
    },
    page: pageOption,
  },

  async run({ options }, { providers, samples }) {
    const heads = await headsOf(providers);
    const word = options.word?.trim().toLowerCase() ?? '';
    const exact = word ? findHead(word, heads) : undefined;
    const provider = exact && providers.get(exact.name);
    const others = heads.filter((head) => head !== exact && matches(head, word));
    if (exact && provider && !options.page)
      return describe(exact, provider, { others, samples: samples.of(exact.name).size });

    const found = heads.filter((head) => matches(head, word));
    if (!found.length)
      return reply(
        `No provider has ${quoted(word)} in its name.${didYouMean(
          word,
          heads.flatMap(({ name, aliases }) => [name, ...aliases]),
        )} \`/webhook new generic\` takes webhooks from anything.`,
        { data: { providers: [] } },
      );
    const { shown, page, pages, footer, turns } = toPage(found, {
      page: options.page,
      size: PAGE,
      command: 'providers',
      options: word ? { word } : {},
    });
    const lines = shown.map((head) => toLine(head, providers.get(head.name), samples.of(head.name).size));
    return reply(lines.join('\n'), {
      title: `${plural(found.length, 'provider')}${word ? ` with “${word}”` : ''}`,
      footer: footer ?? NOTE,
      actions: [...turns],
      data: { providers: shown.map(({ name, title }) => ({ name, title })), ...(page < pages && { next: page + 1 }) },
    });
  },
});

function matches({ name, title, aliases }: ProviderHead, word: string): boolean {
  return [name, title.toLowerCase(), ...aliases].some((text) => text.includes(word));
}

function toLine({ name, title }: ProviderHead, provider: Provider | undefined, samples: number): Markdown {
  return [
    `- ${inlineCode(name)} ${escapeMarkdown(title)}`,
    ...(provider ? [provider.signature.kind] : []),
    ...(provider?.evidence === 'community' ? ['community'] : []),
    ...(provider?.handshake ? ['handshake'] : []),
    ...(samples ? ['designed messages'] : []),
  ].join(' · ');
}

/** What the words in a list mean. */
const NOTE =
  'Community: how it signs is known from others who receive it. Handshake: it proves the URL before it delivers.';

const EVIDENCE = {
  vendor: 'read in its own code or documents, or confirmed by several sources',
  community: 'known from others who receive it; look at the first delivery',
} as const;

const ORIGINS = {
  ours: 'Bellhop makes it, and you paste it there',
  theirs: 'it makes it, and you give it here',
  none: 'none is needed',
} as const;

function describe(
  { name, title, aliases }: ProviderHead,
  provider: Provider,
  { others, samples }: { readonly others: readonly ProviderHead[]; readonly samples: number },
) {
  const field = (label: string, value: Markdown) => ({ name: label, value, wide: false });
  const origin = secretOrigin(provider, {});
  const form = origin === 'theirs' ? provider.signature.secretForm?.({})?.expected : undefined;
  const choices = Object.entries(provider.options ?? {}).map(
    ([option, { description }]) => `${inlineCode(`${option}=`)} ${description}`,
  );
  return reply(
    [
      toSetupSteps(provider, { url: 'the URL', secret: undefined, awaiting: origin === 'theirs' }),
      ...(choices.length ? [`Its choices:\n${choices.map((choice) => `- ${choice}`).join('\n')}`] : []),
      ...(others.length
        ? [
            `Others with this word: ${others
              .slice(0, PAGE)
              .map((head) => inlineCode(head.name))
              .join(' ')}`,
          ]
        : []),
    ].join('\n\n'),
    {
      title,
      fields: [
        field('Signature', provider.signature.kind),
        field('Known', EVIDENCE[provider.evidence]),
        field('Secret', form ? `${ORIGINS[origin]}: ${form}` : ORIGINS[origin]),
        field('Handshake', provider.handshake ? 'yes, Bellhop answers it automatically' : 'no'),
        field(
          'Messages',
          samples ? `designed, with ${plural(samples, 'sample')}` : 'general layout, no template of its own',
        ),
        ...(aliases.length ? [field('Also called', aliases.map((alias) => inlineCode(alias)).join(' '))] : []),
      ],
      actions: [
        { label: 'New endpoint', command: 'new', options: { provider: name, ask: 'true' }, style: 'primary' },
        { label: `${title} docs`, url: provider.docs },
      ],
      data: { provider: { name, title, evidence: provider.evidence, secret: origin, docs: provider.docs } },
    },
  );
}
