import { Empty, Example } from '../kit/empty.tsx';

export interface NoEventProps {
  readonly type: string;
  readonly endpoint: string;
  readonly onPick: (text: string) => void;
}

/** Stands in the place of the preview until the first event comes. */
export function NoEvent({ type, endpoint, onPick }: NoEventProps) {
  const isAny = type === '*';
  return (
    <Empty title={isAny ? 'No event has come yet' : 'No event of this type has come yet'}>
      <p>The next one is shown here as soon as it comes. A test sends a sample the whole way:</p>
      <p class="examples">
        <Example text={`/webhook test ${endpoint}${isAny ? '' : ` ${type}`}`} onPick={onPick} />
      </p>
    </Empty>
  );
}
