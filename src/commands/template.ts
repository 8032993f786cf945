import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import type { TemplateCall } from './shared/template/context.ts';
import { discard } from './shared/template/discard.ts';
import { edit } from './shared/template/edit.ts';
import { help } from './shared/template/help.ts';
import { diff, history } from './shared/template/history.ts';
import { list } from './shared/template/list.ts';
import { type templateActions, templateOptions } from './shared/template/options.ts';
import { preview } from './shared/template/preview.ts';
import { reset, undo } from './shared/template/restore.ts';
import { save } from './shared/template/save.ts';
import { show } from './shared/template/show.ts';
import { tryTemplate } from './shared/template/trial.ts';

type Action = (typeof templateActions)[number];

const ACTIONS: Readonly<Record<Action, (call: TemplateCall) => Promise<Reply>>> = {
  list,
  show,
  edit,
  preview,
  save,
  history,
  diff,
  undo,
  reset,
  discard,
  help,
};

export default defineCommand({
  summary: 'See and change what messages say: list, show, edit, preview, save, history, diff, undo, reset',
  help: `A template makes the messages of one type of event, \`push\` or \`github/push\`; \`*\` stands for every type that has none of its own.
\`edit\` opens its text in a form; what you write is first shown to you alone, beside the last five events as they read now, and counts only once it is saved. Saving tries it on the latest events, and says what would change or fail.
It counts for one endpoint unless you say \`for route\` (with \`in #ops\` for another channel than this one) or \`for everyone\`, which is for admins. Whoever may not save it proposes it: the owners get the preview with a button. With \`try=true\`, \`save\`, \`undo\` and \`reset\` only say which messages of the last 7 days would change.
\`undo\` brings back what was there before, \`reset\` the template of the next wider scope or the one that came with Bellhop. \`help\` lists what a template can use, \`help title\` explains one helper.`,
  examples: [
    '/webhook template',
    '/webhook template api-alerts',
    '/webhook template edit push of api-alerts',
    '/webhook template show push for everyone',
    '/webhook template history push',
    '/webhook template undo push',
    '/webhook template help title',
  ],
  aliases: ['templates'],
  place: 14,
  permission: 'member',
  options: templateOptions,
  asks: ({ action }) => action === 'edit',

  async run({ options, caller }, parts) {
    const act = options.try ? tryTemplate : ACTIONS[await actionOf(options, parts)];
    return act({ options, caller, parts });
  },
});

/** An endpoint alone lists its templates, a type alone shows that of its events. */
async function actionOf({ action, type }: TemplateCall['options'], { view }: CommandParts): Promise<Action> {
  if (action !== undefined && Object.hasOwn(ACTIONS, action)) return action as Action;
  return type === undefined || (await view.lookUp(type)) ? 'list' : 'show';
}
