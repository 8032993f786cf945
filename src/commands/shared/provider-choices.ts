import { OptionError } from '../../core/errors.ts';
import { repeated } from '../../core/message/markdown/typed-word.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { didYouMean } from '../../core/text/nearest.ts';

/**
 * What somebody chose for an endpoint of a provider. `others` are the options that may be misspelt among them. Throws
 * `OptionError` for a choice that the provider does not offer.
 */
export function checkProviderChoices(
  choices: Readonly<Record<string, string>>,
  { title, options = {}, checkOptions }: Provider,
  others: readonly string[],
): Readonly<Record<string, string>> {
  const names = Object.keys(options);
  for (const [name, value] of Object.entries(choices)) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) {
      const known = names.map((each) => `\`${each}=\``);
      const hint =
        didYouMean(name, [...names, ...others]) ||
        (known.length ? ` It has ${known.join(', ')}.` : ' It has no choices.');
      const what = repeated(name, { known: [...names, ...others], otherwise: 'of that name' });
      throw new OptionError('choices', `${title} has no choice ${what}.${hint}`, { code: 'unknown_option' });
    }
    if (option.choices && !option.choices.includes(value)) {
      const all = option.choices.map((choice) => `\`${choice}\``).join(', ');
      const what = repeated(value, { known: option.choices, otherwise: 'This' });
      throw new OptionError(
        name,
        `${what} is not a choice for \`${name}\`. It can be ${all}.${didYouMean(value, option.choices)}`,
      );
    }
    if (option.pattern && !option.pattern.test(value))
      throw new OptionError(
        name,
        `${repeated(value, { otherwise: 'This' })} cannot be used for \`${name}\`. It must be ${option.expected}.`,
      );
  }
  const problem = checkOptions?.(choices);
  if (problem) throw new OptionError(problem.option, problem.message);
  return choices;
}
