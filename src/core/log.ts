/** One line for each thing that happened, with the glossary's words as fields. Never a token, a secret or a payload. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
