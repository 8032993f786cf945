import type { Provider } from './provider.ts';

/** The steps that set a sender up, with the command to try it as the last, signed as the endpoint's options say. */
export function setupText(
  { setup, trial }: Pick<Provider, 'setup' | 'trial'>,
  options: Readonly<Record<string, string>> = {},
): string {
  const lines = setup.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  const steps = lines.map((line) => line.slice(indent));
  const number = steps.filter((line) => /^\d+\. /.test(line)).length + 1;
  return [...steps, ...(trial ? [`${number}. Try it: \`${trial(options)}\``] : [])].join('\n');
}
