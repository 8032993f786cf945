import type { Option } from '../../core/command/command.ts';
import { OptionError } from '../../core/errors.ts';
import type { CommandAction } from '../../core/message/message.ts';

/** The option that turns the pages of a list. */
export const pageOption = {
  type: 'integer',
  optional: true,
  example: '2',
  description: 'Which page; the first when left out',
} as const satisfies Option;

export interface PageOf<T> {
  readonly shown: readonly T[];
  readonly page: number;
  readonly pages: number;
  /** `Page 2 of 3`; nothing for a list of one page. */
  readonly footer?: string;
  /** The buttons that lead to the pages before and after. */
  readonly turns: readonly CommandAction[];
}

/** One page of a list. Throws `OptionError` where the list has no such page. */
export function toPage<T>(
  all: readonly T[],
  {
    page = 1,
    size,
    command,
    options,
  }: {
    readonly page: number | undefined;
    readonly size: number;
    readonly command: string;
    /** What the command was asked for besides the page. */
    readonly options: Readonly<Record<string, string>>;
  },
): PageOf<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  if (page < 1 || page > pages)
    throw new OptionError(
      'page',
      `There is no page ${page}. Choose one from 1 to ${pages}, such as \`page=${pages}\`.`,
    );
  const turn = (label: string, to: number): readonly CommandAction[] =>
    to < 1 || to > pages ? [] : [{ label, command, options: { ...options, page: String(to) } }];
  return {
    shown: all.slice((page - 1) * size, page * size),
    page,
    pages,
    ...(pages > 1 && { footer: `Page ${page} of ${pages}` }),
    turns: [...turn('Previous', page - 1), ...turn('Next', page + 1)],
  };
}
