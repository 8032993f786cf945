import { AppError } from '../../core/errors.ts';

/** Where something is in a template, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A template that cannot be used. The message is for the person who wrote it. */
export class TemplateProblem extends AppError {
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string, position?: Position, cause?: unknown) {
    super(422, 'template_problem', message, { cause });
    this.line = position?.line;
    this.column = position?.column;
  }
}
