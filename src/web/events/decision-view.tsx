import type { Decision } from '../../core/event/decision.ts';
import type { EventPost } from '../api/shapes.ts';
import { Moment } from '../kit/time.tsx';
import { Words } from '../kit/words.tsx';
import { hasLink, MessageLink } from './message-link.tsx';
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
        {posts.map((post) => (
          <li key={post.id}>
            <StateMark state={post.state} />{' '}
            {hasLink(post) ? (
              <MessageLink post={post}>#{post.channelName}</MessageLink>
            ) : (
              <strong>#{post.channelName}</strong>
            )}{' '}
            on {post.platform}, <Moment iso={post.settledAt ?? post.createdAt} />
            {post.attempts > 1 && `, after ${post.attempts} attempts`}
            {post.error && (
              <span class="post-error">
                <Words text={post.error} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
