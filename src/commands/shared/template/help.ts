import type { Reply } from '../../../core/command/command.ts';
import type { HelperDescription, NamedValue } from '../../../core/command/desks/template-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { inlineCode, quoted } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import { didYouMean } from '../../../core/text/nearest.ts';
import { toPage } from '../pages.ts';
import type { TemplateCall } from './context.ts';

const SIZE = 20;

/** Lists the helpers that templates can use, or explains one. */
export async function help({ options, parts: { templates } }: TemplateCall): Promise<Reply> {
  const { helpers, variables, partials } = templates;
  if (options.type !== undefined) return explain(options.type, helpers);
  const { shown, page, footer, turns } = toPage(helpers, {
    page: options.page,
    size: SIZE,
    command: 'template',
    options: { action: 'help' },
  });
  const lines = shown.map(({ name, summary }) => `- ${inlineCode(name)} ${escapeMarkdown(summary)}`);
  const first =
    'A template is Markdown. `{{sender.login}}` prints what the payload has under that path, `{{#if …}}`, `{{#unless …}}`, `{{#each …}}` and `{{#with …}}` choose and repeat, and helpers do the rest. `/webhook template help title` explains one.';
  const around = `Beside the payload there are ${variables.map((name) => inlineCode(name)).join(' ')}. Parts that several templates share are included by their name, such as ${inlineCode(`{{> ${partials[0] ?? 'name'}}}`)}.`;
  return reply([...(page === 1 ? [first] : []), lines.join('\n'), ...(page === 1 ? [around] : [])].join('\n\n'), {
    title: 'Helpers of templates',
    ...(footer && { footer }),
    actions: turns,
    data: { helpers: shown.map(({ name }) => name) },
  });
}

function explain(typed: string, helpers: readonly HelperDescription[]): Reply {
  const helper = helpers.find(({ name }) => name.toLowerCase() === typed.toLowerCase());
  if (!helper) {
    const names = helpers.map(({ name }) => name);
    throw new OptionError(
      'type',
      `There is no helper ${quoted(typed)}.${didYouMean(typed, names)} \`/webhook template help\` lists them.`,
      { code: 'not_found', status: 404 },
    );
  }
  const { name, summary, example, named, words } = helper;
  return reply(
    [
      escapeMarkdown(summary),
      `For example ${inlineCode(example)}`,
      ...(words.length > 0
        ? [
            `It knows ${words
              .flat()
              .map((word) => inlineCode(word))
              .join(', ')}.`,
          ]
        : []),
      ...(named.length > 0 ? [named.map(describeNamed).join('\n')] : []),
    ].join('\n\n'),
    { title: name, data: { helper } },
  );
}

function describeNamed({ name, kind, words }: NamedValue): Markdown {
  const values = kind === 'word' ? words.map((word) => inlineCode(word)).join(', ') : KINDS[kind];
  return `- ${inlineCode(`${name}=`)} ${values}`;
}

const KINDS = { text: 'any text', number: 'a number', flag: '`true` or `false`' } as const;
