import type { Form, Reply } from '../../../core/command/command.ts';
import type { TemplateFinding } from '../../../core/command/desks/template-desk.ts';
import { reply } from '../../../core/command/reply.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { fence, toCodePages } from '../code-pages.ts';
import type { TemplateCall } from './context.ts';
import { readWritten } from './drafts.ts';
import { findTarget, type Target } from './target.ts';
import { describeFinding, describeFindings, describeOrigin, nameOf } from './words.ts';

/** Characters that every chat's form holds. */
const LONG = 3_000;

/** Opens the text in a form, which leads to a preview. */
export async function edit(call: TemplateCall): Promise<Reply> {
  const { options, caller, parts } = call;
  const { templates } = parts;
  if (options.type === undefined && options.draft === undefined) return askWhich(options);
  const written = await readWritten(call);
  const target = written?.target ?? (await findTarget(options, caller, parts));
  const { origin, source } = templates.inForce(target.key);
  const text = (written?.source ?? source).trimEnd();
  const version = written?.version ?? templates.version(target.place);
  const [page = ''] = toCodePages(text);
  return reply(
    [
      `${inlineCode(nameOf(target.key))} is ${describeOrigin(origin)}.`,
      // Shown where a chat has no form that could hold it.
      fence(page, 'handlebars'),
      ...(text.length > LONG
        ? [
            `A form in a chat holds shorter texts only. Edit it on the page, or put it into a file, ${inlineCode(`data/templates/${nameOf(target.key)}.hbs`)}.`,
          ]
        : []),
    ].join('\n\n'),
    {
      form: toForm(target, { text, version, title: 'Edit' }),
      data: { template: nameOf(target.key), scope: target.scope, text, version },
    },
  );
}

/** The form for a text, with what is known of its template. */
export function toForm(
  { key, endpoint, route, scope }: Target,
  { text, version, title }: { readonly text: string; readonly version: string | undefined; readonly title: string },
): Form {
  return {
    command: 'template',
    title: `${title} ${nameOf(key)}`,
    ask: ['text', 'for'],
    options: {
      action: 'preview',
      type: `${key.provider}/${key.type}`,
      endpoint: endpoint.id,
      ...(route && { channel: `${route.platform}:${route.channel}` }),
      ...(version !== undefined && { version }),
      text,
      for: scope,
    },
    submit: 'Preview',
  };
}

/** A text with mistakes, given back with what is wrong with it: nothing of it is lost. */
export function refuse(
  target: Target,
  {
    source,
    version,
    findings,
  }: {
    readonly source: string;
    readonly version: string | undefined;
    readonly findings: readonly TemplateFinding[];
  },
): Reply {
  const [only, ...others] = findings;
  const what = only && others.length === 0 ? describeFinding(only) : `\n${describeFindings(findings)}`;
  return reply(`This cannot be used yet. ${what}`, {
    severity: 'warning',
    form: toForm(target, { text: source, version, title: 'Fix' }),
    data: { code: 'template_problem', field: 'text', problems: findings },
  });
}

function askWhich(options: TemplateCall['options']): Reply {
  const form: Form = {
    command: 'template',
    title: 'Edit a template',
    ask: ['type', 'endpoint', 'for'],
    options: {
      action: 'edit',
      ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
      ...(options.for !== undefined && { for: options.for }),
    },
    submit: 'Edit',
  };
  return reply(
    'Say which type of event, such as `/webhook template edit push`. `/webhook template` lists those that come.',
    { form, data: { code: 'missing_option', field: 'type' } },
  );
}
