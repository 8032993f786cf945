type Document = Readonly<Record<string, unknown>>;

/** Each takes a document of one version, counted from 1, to the next. What was once released is never edited: add another. */
export const migrations: readonly ((document: Document) => Document)[] = [
  // Since version 2 people may choose not to be pinged, and routes from which severity on they are. Where nobody chose, all is
  // as before; a Bellhop of version 1 would ping them all the same, so it has to be told that the file is newer.
  (document) => document,
];

export const VERSION = migrations.length + 1;
