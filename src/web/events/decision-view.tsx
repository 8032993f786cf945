import type { Decision } from '../../core/event/decision.ts';
import type { EventPost } from '../api/shapes.ts';
import { Moment } from '../kit/time.tsx';
import { Words } from '../kit/words.tsx';
import { StateMark } from './state-mark.tsx';

export interface DecisionViewProps {
  readonly decision: Decision | null | undefined;
  readonly posts: readonly EventPost[];
}

/** What was decided, every step of why, and what became of each post. */
export function DecisionView({ decision, posts }: DecisionViewProps) {
  return (
    <section class="card">
      <h2>Decision</h2>
      {!decision && <p>Not decided yet.</p>}
      {decision && (
        <>
          <ol class="steps">
            {decision.steps.map(({ step, text }, index) => (
              <li key={index}>
                <span class="step">{step}</span>
                <span>
                  <Words text={text} />
                </span>
              </li>
            ))}
          </ol>
          <ul class="outcomes">
            {decision.routes.map(({ routeId, platform, channelName, outcome, reason, mentioned = [] }) => (
              <li key={routeId}>
                <StateMark state={outcome} /> <strong>#{channelName}</strong> on {platform}: <Words text={reason} />
                {mentioned.map((ping) => (
                  <div key={ping.name}>
                    {ping.outcome === 'ping' ? `Pings ${ping.name}` : `Does not ping ${ping.name}: ${ping.reason}`}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      {posts.length > 0 && <h3>Posts</h3>}
      <ul class="outcomes">
        {posts.map(({ id, platform, channelName, state, attempts, error, createdAt, settledAt }) => (
          <li key={id}>
            <StateMark state={state} /> <strong>#{channelName}</strong> on {platform},{' '}
            <Moment iso={settledAt ?? createdAt} />
            {attempts > 1 && `, after ${attempts} attempts`}
            {error && (
              <span class="post-error">
                <Words text={error} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
