import { inlineCode } from '../../core/message/markdown/inline-code.ts';
import type { Markdown } from '../../core/message/message.ts';
import type { Provider } from '../../core/provider/provider.ts';
import { setupText } from '../../core/provider/setup-text.ts';

export interface SetupParts {
  readonly url: string;
  readonly secret: string | undefined;
  /** Whether the secret comes from the provider. */
  readonly awaiting: boolean;
  /** The endpoint's own. */
  readonly options?: Readonly<Record<string, string>>;
}

/** A provider's setup steps with the URL and the secret filled in, ready to be copied. */
export function toSetupSteps(provider: Provider, { url, secret, awaiting, options }: SetupParts): Markdown {
  const secretText = secret ? inlineCode(secret) : awaiting ? 'the secret it shows' : 'the secret';
  const values = { inCode: { url, secret: secret ?? 'SECRET' }, inText: { url: inlineCode(url), secret: secretText } };
  return (
    setupText(provider, options)
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
