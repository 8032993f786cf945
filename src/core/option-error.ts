import { AppError } from './errors.ts';

/** A value that cannot be used, and the option it was given for: a form shows the message beside that field. */
export class OptionError extends AppError {
  readonly field: string;

  constructor(field: string, message: string, { code = 'bad_option', status = 400 } = {}) {
    super(status, code, message);
    this.field = field;
  }
}
