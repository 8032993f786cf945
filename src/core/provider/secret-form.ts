/** The form in which a scheme can use a secret. */
export interface SecretForm {
  /** What it should be, to complete a sentence: `Base64, with or without \`whsec_\` in front`. */
  readonly expected: string;
  fits(secret: string): boolean;
}

/** Any text will do that is plainly no address, no PEM key and no secret of another scheme. */
export const anyText: SecretForm = {
  expected: 'the signing secret alone: no web address, no PEM key, and nothing such as `v1,` in front',
  fits: (secret) => secret !== '' && !isAddress(secret) && !isPem(secret) && !/^v\d+\w?,/.test(secret),
};

export function isAddress(text: string): boolean {
  return /^(?:https?|wss?):\/\//i.test(text);
}

export function isPem(text: string): boolean {
  return text.includes('-----BEGIN ');
}
