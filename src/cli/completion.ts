import type { Command } from '../core/command/command.ts';
import { badRequest } from '../core/errors.ts';
import { type Completions, shells } from './shared/shells.ts';
import { defineVerb, type Verb, type Vocabulary } from './shared/verb.ts';

export default defineVerb({
  summary: 'Print the completion script for a shell',
  usage: '<shell>',
  examples: [
    'source <(bellhop completion bash)',
    'source <(bellhop completion zsh)',
    'bellhop completion fish > ~/.config/fish/completions/bellhop.fish',
  ],
  async run({ positionals: [shell = ''] }, { print, vocabulary }) {
    const toScript = shells.get(shell);
    if (!toScript)
      throw badRequest(
        `Name the shell: ${[...shells.keys()].map((name) => `\`bellhop completion ${name}\``).join(', ')}.`,
      );
    print(toScript(toCompletions(await vocabulary())));
    return 0;
  },
});

function toCompletions({ verbs, commands }: Vocabulary): Completions {
  const typed = [...commands].filter(([name, { clicked }]) => !clicked && !verbs.has(name) && name !== 'help');
  return new Map([
    ...typed.map(([name, command]) => [name, { summary: command.summary, words: wordsOfCommand(command) }] as const),
    ...[...verbs].map(([name, verb]) => [name, { summary: verb.summary, words: wordsOfVerb(verb) }] as const),
    [
      'help',
      { summary: 'List the verbs, or explain one', words: [...verbs.keys(), ...typed.map(([name]) => name)] },
    ] as const,
  ]);
}

function wordsOfVerb({ options = {} }: Verb): readonly string[] {
  return [...Object.keys(options), 'help'].map((option) => `--${option}`);
}

function wordsOfCommand({ options }: Command): readonly string[] {
  const words = Object.entries(options).flatMap(([name, { type, keyword, positional, choices = [] }]) => {
    if (type === 'flag') return [name];
    if (keyword) return [keyword];
    if (positional) return [...choices];
    return choices.length > 0 ? choices.map((choice) => `${name}=${choice}`) : [`${name}=`];
  });
  return [...words, '--json', '--channel', '--help'].filter((word) => /^[\w=.,:*-]+$/.test(word));
}
