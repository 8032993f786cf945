import type { Reply } from '../../../core/command/command.ts';
import { reply } from '../../../core/command/reply.ts';
import { OptionError } from '../../../core/errors.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { revisionsOf } from '../../../core/settings/template-override.ts';
import { fence, toCodePages } from '../code-pages.ts';
import { toPage } from '../pages.ts';
import type { TemplateCall } from './context.ts';
import { placeOptions } from './save.ts';
import { findTarget, type Target } from './target.ts';
import { describeOrigin, describeSave, nameOf } from './words.ts';

/** Shows a template's text and where it comes from. */
export async function show(call: TemplateCall): Promise<Reply> {
  const { options, caller, parts } = call;
  const target = await findTarget(options, caller, parts);
  const { key, maySave, place, scope, caution } = target;
  const { words, source } = textOf(target, call);
  const { shown, footer, turns } = toPage(toCodePages(source.trimEnd()), {
    page: options.page,
    size: 1,
    command: 'template',
    options: { action: 'show', ...placeOptions({ target }) },
  });
  return reply(
    [
      `${inlineCode(nameOf(key))} is ${words}.`,
      ...(caution ? [caution] : []),
      fence(shown[0] ?? '', 'handlebars'),
    ].join('\n\n'),
    {
      ...(footer && { footer }),
      actions: [
        ...turns,
        {
          label: maySave ? 'Edit' : 'Propose a change',
          command: 'template',
          options: { action: 'edit', ...placeOptions({ target }) },
        },
        {
          label: 'History',
          command: 'template',
          options: { action: 'history', ...placeOptions({ target }) },
          tucked: true,
        },
      ],
      data: { template: nameOf(key), scope, text: source, version: parts.templates.version(place) },
    },
  );
}

function textOf({ override, key }: Target, { options, parts }: TemplateCall) {
  if (options.revision === undefined) {
    const { origin, source } = parts.templates.inForce(key);
    return { words: describeOrigin(origin), source };
  }
  const found = override && revisionsOf(override).find(({ revision }) => revision === options.revision);
  if (found?.source !== undefined) return { words: `as it was saved${describeSave(found)}`, source: found.source };
  throw new OptionError(
    'revision',
    `There is no text of revision ${options.revision}. \`/webhook template history\` lists them.`,
    { code: 'not_found', status: 404 },
  );
}
