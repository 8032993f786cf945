import type { Verb, Vocabulary } from '../../cli/shared/verb.ts';

/** What `bellhop <verb> --help` prints. */
export function toVerbHelp(name: string, { usage, summary, optionHelp = {}, examples }: Verb): string {
  const options = Object.entries(optionHelp).map(([option, text]) => `  --${option.padEnd(18)}${text}`);
  return [
    `bellhop ${name} ${usage}`.trim(),
    '',
    summary,
    ...(options.length ? ['', ...options] : []),
    '',
    examples.length === 1 ? 'Example:' : 'Examples:',
    ...examples.map((example) => `  ${example}`),
  ].join('\n');
}

/** What `bellhop help` prints. */
export function toHelp({ verbs, commands }: Vocabulary): string {
  const toLine = (left: string, summary: string) => `  ${left.padEnd(48)}${summary}`;
  const own = [...verbs].map(([name, { usage, summary }]) => toLine(`${name} ${usage}`.trim(), summary));
  const chat = [...commands].filter(([name, { clicked }]) => !clicked && !verbs.has(name) && name !== 'help');
  return [
    'Bellhop carries webhooks into team chat.',
    '',
    'bellhop [verb]          `bellhop <verb> --help` explains one; `bellhop --version` prints the version',
    '',
    ...own,
    '',
    'Commands of the chat, run by the Bellhop that runs on this machine:',
    '',
    ...chat.map(([name, { summary }]) => toLine(name, summary)),
    '',
    'Settings come from the environment or a file `.env`; `.env.example` explains each.',
  ].join('\n');
}
