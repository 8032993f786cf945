import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { escapeMarkdown, type Markdown } from '../../../core/message/message.ts';
import { type Person, plainName } from '../../../core/settings/person.ts';

/** A person of the list on one line: what senders call them, where they are linked, what they want of pings. E-mail addresses are shown to them and to admins. */
export function describePerson(
  person: Person,
  { caller, platforms }: { readonly caller: Caller; readonly platforms: CommandParts['platforms'] },
): Markdown {
  const { name, aliases, paths = [], ids } = person;
  const isTheirs = caller.role === 'admin' || ids[caller.platform] === caller.user;
  const shown = aliases.filter((alias) => isTheirs || !isAddress(alias));
  const hidden = aliases.length - shown.length;
  const logins = [...shown, ...paths].map((alias) => inlineCode(alias));
  const where = Object.keys(ids).map((platform) => platforms.get(platform)?.title ?? platform);
  return [
    `**${escapeMarkdown(name)}** ${[...logins, ...(hidden ? ['an e-mail address'] : [])].join(', ')}`.trim(),
    where.length ? `on ${escapeMarkdown(where.join(' and '))}` : 'on no chat, so never pinged',
    ...(person.pings || person.quiet ? [escapeMarkdown(describeWishes(person))] : []),
  ].join(' · ');
}

/** `no pings`, or `quiet from 22:00 to 07:00 (Europe/Berlin)`. */
export function describeWishes({ pings, quiet }: Person): string {
  if (pings === 'off') return 'no pings';
  return quiet ? `pings, but quiet from ${quiet.from} to ${quiet.to} (${quiet.zone})` : 'pings at any time';
}

/** The names and logins that mean more than one person. */
export function sharedNames(people: readonly Person[]): readonly string[] {
  const owners = new Map<string, Set<Person>>();
  for (const person of people)
    for (const name of [person.name, ...person.aliases].map(plainName))
      owners.set(name, (owners.get(name) ?? new Set()).add(person));
  return [...owners].flatMap(([name, who]) => (who.size > 1 ? [name] : []));
}

function isAddress(alias: string): boolean {
  return alias.includes('@', 1);
}
