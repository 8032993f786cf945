import { AppError } from '../errors.ts';

/** A message that cannot be edited any more, or whose thread takes no reply. The text can be posted as a new message. */
export class MessageGone extends AppError {
  constructor(code: string, message: string, cause?: unknown) {
    super(409, code, message, { cause });
  }
}
