import { AppError } from '../../core/errors.ts';

/** Where something is in a template, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface ProblemPlace extends Position {
  /** Where it ends, where that is known: the first character after it. */
  readonly end?: Position;
  /** What probably was meant in the place of all between the two. */
  readonly instead?: string;
}

/** A template that cannot be used. The message is for the person who wrote it. */
export class TemplateProblem extends AppError {
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly end: Position | undefined;
  readonly instead: string | undefined;

  constructor(message: string, place?: ProblemPlace, cause?: unknown) {
    super(422, 'template_problem', message, { cause });
    this.line = place?.line;
    this.column = place?.column;
    this.end = place?.end;
    this.instead = place?.instead;
  }
}
