/** Each takes a document of one version, counted from 1, to the next. What was once released is never edited: add another. */
export const migrations: readonly ((
  document: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, unknown>>)[] = [];

export const VERSION = migrations.length + 1;
