import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../core/message/message.ts';
import type { Provider } from '../../core/provider/provider.ts';

export interface SetupParts {
  readonly url: string;
  readonly secret: string | undefined;
  /** Whether the secret comes from the provider. */
  readonly awaiting: boolean;
  /** The endpoint's own. */
  readonly options?: Readonly<Record<string, string>>;
}

/** A provider's setup steps with the URL and the secret filled in, ready to be copied. */
export function toSetupSteps(
  { setup, trial }: Provider,
  { url, secret, awaiting, options = {} }: SetupParts,
): Markdown {
  const steps = setup.replace(/^\s*\n|\s+$/g, '').split('\n');
  const number = steps.filter((line) => /^\s*\d+\. /.test(line)).length + 1;
  const lines = trial ? [...steps, `${number}. Try it: \`${trial(options)}\``] : steps;
  const indent = Math.min(...lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
  const secretText = secret ? inlineCode(secret) : awaiting ? 'the secret it shows' : 'the secret';
  const values = { inCode: { url, secret: secret ?? 'SECRET' }, inText: { url: inlineCode(url), secret: secretText } };
  return (
    lines
      .map((line) => line.slice(indent))
      .join('\n')
      // Inside code, such as a command to copy, a value stands as it is.
      .split(/(```[\s\S]*?```|`[^`\n]*`)/)
      .map((part) => fillIn(part, /^`(?!\{\{\w+\}\}`)/.test(part) ? values.inCode : values.inText))
      .join('')
  );
}

function fillIn(text: string, values: { readonly url: string; readonly secret: string }): string {
  return text.replace(/`\{\{(url|secret)\}\}`|\{\{(url|secret)\}\}/g, (_whole, alone, within) =>
    (alone ?? within) === 'url' ? values.url : values.secret,
  );
}
