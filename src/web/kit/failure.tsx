import { Words } from './words.tsx';

export interface FailureProps {
  readonly message: string;
  readonly onRetry?: (() => void) | undefined;
}

/** What went wrong, where it went wrong. */
export function Failure({ message, onRetry }: FailureProps) {
  return (
    <div class="failure" role="alert">
      <p>
        <Words text={message} />
      </p>
      {onRetry && (
        <button type="button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The words of a failure, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Something went wrong on this page. Reload it.';
}
