import { OptionError } from '../../core/errors.ts';
import { quoted } from '../../core/message/inline-code.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { didYouMean } from '../../core/text/nearest.ts';

/** What somebody chose for an endpoint of a provider. Throws `OptionError` for a choice that the provider does not offer. */
export function checkProviderChoices(
  choices: Readonly<Record<string, string>>,
  { title, options = {} }: Provider,
): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(choices)) {
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    if (!option) {
      const known = Object.keys(options).map((each) => `\`${each}=\``);
      const hint =
        didYouMean(name, Object.keys(options)) ||
        (known.length ? ` It has ${known.join(', ')}.` : ' It has no choices.');
      throw new OptionError('choices', `${title} has no choice ${quoted(name)}.${hint}`, { code: 'unknown_option' });
    }
    if (option.choices && !option.choices.includes(value)) {
      const all = option.choices.map((choice) => `\`${choice}\``).join(', ');
      throw new OptionError(
        'choices',
        `${quoted(value)} is not a choice for \`${name}\`. It can be ${all}.${didYouMean(value, option.choices)}`,
      );
    }
  }
  return choices;
}
