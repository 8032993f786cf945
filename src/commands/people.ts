import { type CommandParts, defineCommand } from '../core/command/command.ts';
import { type Caller, owns, personOf } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { inlineCode, quoted } from '../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../core/message/message.ts';
import { type Person, personOn } from '../core/settings/person.ts';
import { inNaturalOrder } from '../core/text/natural-order.ts';
import { parseHours } from '../core/text/quiet-hours.ts';
import { pageOption, toPage } from './shared/pages.ts';
import { describePerson, describeWishes, sharedNames } from './shared/people/describe-person.ts';
import { findAccount } from './shared/people/find-account.ts';
import { type Account, changeWishes, isPath, linkLogin, linkPath, unlink } from './shared/people/link-people.ts';
import { toLogin } from './shared/people/login.ts';
import { toPeopleChange } from './shared/people/people-change.ts';
import { findUnlinked, type Suggestion, suggestPeople } from './shared/people/suggest-people.ts';

const PAGE = 15;

export default defineCommand({
  summary: 'Say who is who: which logins mean which people here, and when they may be pinged',
  help: `A message pings the people it names only if they are linked, the delivery was verified, its severity reaches what the channel asks for (\`/webhook route … pings=\`), they were not pinged for the same thing within the hour, and they want it. \`/webhook why\` says who was pinged, and why somebody was not.

\`link\` without a person links the login to you. A login that means somebody else stays theirs, until they or an admin unlink it. Owners of an endpoint and admins may link others, chat groups (a team such as \`@acme/payments\`) and the files of a group (a path such as \`/src/billing/\`, for \`{{mention (owners files)}}\` in a template). Every change is in the audit.

\`me\` says what you want: \`pings=off\`, or \`quiet=22:00-07:00\` in your time zone. A ping of a group reaches all in it: Bellhop does not know who they are.`,
  examples: [
    '/webhook people',
    '/webhook people link octocat',
    '/webhook people link ada@acme.example @ada',
    '/webhook people unlink octocat',
    '/webhook people me pings=off',
    '/webhook people me quiet=22:00-07:00',
  ],
  place: 16,
  permission: 'member',
  options: {
    action: {
      type: 'string',
      positional: true,
      optional: true,
      choices: ['list', 'link', 'unlink', 'me'],
      example: 'link',
      description: 'What to do; list when left out',
    },
    login: {
      type: 'string',
      positional: true,
      optional: true,
      example: 'octocat',
      description: 'A login, an e-mail address, a team or a path of files, as senders write it',
    },
    person: {
      type: 'string',
      positional: true,
      optional: true,
      example: '@ada',
      description: 'Whom it means here: a mention of a person or a group; you when left out',
    },
    pings: {
      type: 'string',
      optional: true,
      choices: ['on', 'off'],
      example: 'off',
      description: 'With `me`: whether you may be pinged at all',
    },
    quiet: {
      type: 'string',
      optional: true,
      example: '22:00-07:00',
      description: 'With `me`: the hours in which you are not pinged, or `off`',
    },
    zone: {
      type: 'zone',
      optional: true,
      complete: 'zone',
      example: 'Europe/Berlin',
      description: 'The time zone of your quiet hours',
    },
    page: pageOption,
  },

  async run({ options, caller }, parts) {
    const { action = options.pings || options.quiet ? 'me' : 'list', login, person } = options;
    if (action === 'list') return list(caller, options.page, parts);
    if (action === 'me') return changeMine({ ...options, caller }, parts);
    if (login === undefined)
      throw new OptionError('login', `Name the login: \`/webhook people ${action} octocat\`.`, {
        code: 'missing_option',
      });
    return action === 'link' ? link(login, person, caller, parts) : remove(login, person, caller, parts);
  },
});

async function list(caller: Caller, page: number | undefined, { view, journal, platforms }: CommandParts) {
  const people = view.people().toSorted((one, other) => inNaturalOrder(one.name ?? '', other.name ?? ''));
  const reader = { caller, platforms };
  const { shown, footer, turns } = toPage(people, { page, size: PAGE, command: 'people', options: {} });
  const several = sharedNames(people);
  const unlinked = (await mayLinkOthers(caller, { view })) ? await findUnlinked(people, journal) : [];
  const suggestions = await suggestPeople(unlinked, platforms.get(caller.platform));
  const body = [
    people.length
      ? shown.map((person) => `- ${describePerson(person, reader)}`).join('\n')
      : 'Nobody is in the people list yet, so messages name people and ping nobody. `/webhook people link octocat` links a login to you.',
    ...(several.length
      ? [
          `Several people share ${several.map((name) => inlineCode(name)).join(', ')}, so nobody is pinged by it. \`/webhook people unlink\` with the person’s mention takes it from one of them.`,
        ]
      : []),
    ...(unlinked.length
      ? [
          `Seen lately and linked to nobody: ${unlinked.map((name) => inlineCode(name) + guessOf(name, suggestions)).join(', ')}.`,
        ]
      : []),
  ].join('\n\n');
  const mine = personOn(people, caller.platform, caller.user);
  return reply(body, {
    title: people.length === 0 ? 'People' : people.length === 1 ? '1 person' : `${people.length} people`,
    severity: several.length ? 'warning' : 'info',
    ...(footer && { footer }),
    actions: [
      ...turns,
      ...suggestions.map(({ login, person }) => ({
        label: `Link ${login} to ${person.name ?? person.id}`,
        command: 'people',
        options: { action: 'link', login, person: person.id },
      })),
      mine?.pings === 'off'
        ? { label: 'Ping me again', command: 'people', options: { action: 'me', pings: 'on' } }
        : { label: 'Do not ping me', command: 'people', options: { action: 'me', pings: 'off' } },
    ],
    data: {
      people: people.map((person) => toView(person, caller)),
      unlinked,
      suggestions: suggestions.map(({ login, person }) => ({ login, id: person.id })),
    },
  });
}

async function link(written: string, typed: string | undefined, caller: Caller, parts: CommandParts) {
  const login = toLogin(written);
  const self = selfOf(caller);
  const account = typed === undefined ? self : await findAccount(typed, caller, parts);
  const isSelf = account.id === self.id;
  const isOfPath = isPath(login);
  if ((!isSelf || isOfPath) && !(await mayLinkOthers(caller, parts)))
    throw new AppError(
      403,
      'forbidden',
      isOfPath
        ? 'Only an owner of an endpoint or an admin may say whose files are whose.'
        : 'You may link a login to yourself. Only an owner of an endpoint or an admin may link others.',
    );
  const after = await parts.changes.settings((settings) => {
    const linked = isOfPath
      ? linkPath(settings.people, login, account)
      : linkLogin(settings.people, login, account, { mayReassign: caller.role === 'admin' });
    return toPeopleChange(
      settings,
      linked,
      `linked ${login} to ${linked.after.name} (${account.platform}:${account.id})`,
    );
  });
  return reply(
    `${inlineCode(login)} now means ${escapeMarkdown(after?.name ?? login)}. ${isSelf ? '`/webhook people me pings=off` turns pings off.' : 'They may turn pings off with `/webhook people me pings=off`.'}`,
    { severity: 'good', data: { person: after && toView(after, caller) } },
  );
}

async function remove(login: string, typed: string | undefined, caller: Caller, parts: CommandParts) {
  const account = typed === undefined ? undefined : await findAccount(typed, caller, parts);
  const rights = { account, self: selfOf(caller), mayReassign: caller.role === 'admin' };
  await parts.changes.settings((settings) => {
    const unlinked = unlink(settings.people, login, rights);
    return toPeopleChange(settings, unlinked, `unlinked ${login} from ${unlinked.before.name}`);
  });
  return reply(`${quoted(login)} means nobody here any more.`, { severity: 'good', data: { unlinked: login } });
}

interface Wishes {
  readonly caller: Caller;
  readonly pings: string | undefined;
  readonly quiet: string | undefined;
  readonly zone: string | undefined;
}

async function changeMine({ caller, pings, quiet, zone }: Wishes, { view, changes, platforms }: CommandParts) {
  const reader = { caller, platforms };
  if (pings === undefined && quiet === undefined) {
    const mine = personOn(view.people(), caller.platform, caller.user);
    return reply(
      mine
        ? describePerson(mine, reader)
        : 'You are linked to no login. `/webhook people link octocat` links one to you.',
      { data: { person: mine ? toView(mine, caller) : null } },
    );
  }
  const hours = quiet === undefined || quiet === 'off' ? undefined : parseHours(quiet);
  if (quiet !== undefined && quiet !== 'off' && !hours)
    throw new OptionError(
      'quiet',
      `${quoted(quiet)} are not hours of the day. Write them as \`quiet=22:00-07:00\`, or \`quiet=off\`.`,
    );
  const after = await changes.settings((settings) => {
    const inZone = zone ?? settings.zones?.[personOf(caller)] ?? caller.timeZone;
    if (hours && !inZone)
      throw new OptionError('zone', 'Which time zone are your quiet hours in? Add it, such as `zone=Europe/Berlin`.', {
        code: 'zone_needed',
      });
    const linked = changeWishes(settings.people, selfOf(caller), ({ pings: hadPings, quiet: hadQuiet, ...person }) => {
      const off = pings === undefined ? hadPings : pings === 'off' ? 'off' : undefined;
      const still = quiet === undefined ? hadQuiet : hours && inZone ? { ...hours, zone: inZone } : undefined;
      return { ...person, ...(off && { pings: off }), ...(still && { quiet: still }) };
    });
    return toPeopleChange(settings, linked, `chose about pings: ${describeWishes(linked.after)}`);
  });
  return reply(`Kept: ${escapeMarkdown(after ? describeWishes(after) : '')}.`, {
    severity: 'good',
    data: { person: after && toView(after, caller) },
  });
}

/** E-mail addresses are for the person and for admins. */
function toView(person: Person, caller: Caller) {
  const isTheirs = caller.role === 'admin' || person.ids[caller.platform] === caller.user;
  return { ...person, aliases: person.aliases.filter((alias) => isTheirs || !alias.includes('@', 1)) };
}

function guessOf(login: string, suggestions: readonly Suggestion[]): Markdown {
  const found = suggestions.find((suggestion) => suggestion.login === login);
  return found ? ` (perhaps ${escapeMarkdown(found.person.name ?? found.person.id)})` : '';
}

async function mayLinkOthers(caller: Caller, { view }: Pick<CommandParts, 'view'>): Promise<boolean> {
  return caller.role === 'admin' || (await view.endpoints()).some((endpoint) => owns(caller, endpoint));
}

function selfOf({ platform, user, userName }: Caller): Account {
  return { platform, id: user, name: userName };
}
