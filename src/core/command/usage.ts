import type { Command, Option } from './command.ts';
import { PREFIX } from './command-text.ts';

/** How a command is typed: `/webhook mute <endpoint> [source=…] [for 2h]`. */
export function toUsage(name: string, { options }: Pick<Command, 'options'>): string {
  return [PREFIX, name, ...Object.entries(options).map(([option, description]) => usageOf(option, description))].join(
    ' ',
  );
}

function usageOf(name: string, { type, positional, keyword, optional, choices, example }: Option): string {
  const value = choices && choices.length <= 4 ? choices.join('|') : (example ?? '…');
  const form = () => {
    if (type === 'flag') return name;
    if (type === 'pairs') return 'name=value …';
    if (keyword) return `${keyword} ${value}`;
    if (positional) return choices ? value : `<${name}>`;
    return `${name}=${value}`;
  };
  return optional || type === 'flag' || type === 'pairs' ? `[${form()}]` : form();
}
