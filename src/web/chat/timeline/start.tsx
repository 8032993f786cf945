import type { Live } from '../../api/live.ts';
import { loadEndpoints } from '../../api/load-endpoints.ts';
import { Empty, Example } from '../../kit/empty.tsx';
import { useResource } from '../../kit/use-resource.ts';
import { ReachNote } from '../../reach/reach-note.tsx';
import { toHash } from '../../route.ts';

export interface StartProps {
  readonly channel: string;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** What an empty channel says: how to begin, or what it waits for. */
export function Start({ channel, live, onPick }: StartProps) {
  const { content, problem } = useResource(`endpoints of #${channel}`, loadEndpoints);
  if (!content && !problem) return null;
  const waiting = (content ?? []).filter(({ routes }) =>
    routes.some((route) => route.platform === 'local' && route.channel === channel),
  );
  return (
    <Empty title={`No messages in #${channel} yet`}>
      {waiting.length > 0 ? (
        <p>
          What arrives at{' '}
          {waiting.map(({ name }, index) => (
            <>
              {index > 0 && ', '}
              <a href={toHash({ view: 'endpoint', name })}>{name}</a>
            </>
          ))}{' '}
          appears here.
        </p>
      ) : (
        <p>Make an endpoint, give its URL to whatever sends webhooks, and its messages appear here.</p>
      )}
      <ReachNote live={live} />
      <p class="examples">
        {waiting[0] ? (
          <Example text={`/webhook test ${waiting[0].name}`} onPick={onPick} />
        ) : (
          <Example text={`/webhook new github in #${channel}`} onPick={onPick} />
        )}
        <Example text="/webhook help" onPick={onPick} />
      </p>
    </Empty>
  );
}
