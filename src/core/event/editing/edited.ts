/** That an event is another one that somebody edited and sent again. */
export interface Edited {
  /** The id of the event it was made of. */
  readonly of: string;
  /** What people call whoever edited it. */
  readonly by: string;
}

/** `edited from #123 by mona (page)`. */
export function editedWords({ of, by }: Edited): string {
  return `edited from #${of} by ${by}`;
}
