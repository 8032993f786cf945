import { useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import type { CommandReply } from '../api/shapes.ts';
import { ReplyNote } from '../commands/reply-note.tsx';
import { RunButton } from '../commands/run-button.tsx';
import { Empty } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { Moment } from '../kit/time.tsx';
import { RefusedLately } from '../refusals/refused-lately.tsx';
import { useRefused } from '../refusals/use-refused.ts';
import { toHash } from '../route.ts';
import { CopyUrl } from './copy-url.tsx';
import { FirstEvent } from './first-event.tsx';
import { describeRhythm } from './rhythm.ts';
import { SetupSteps } from './setup-steps.tsx';
import { type ActiveEndpoint, useEndpoints } from './use-endpoints.ts';

export interface EndpointPageProps {
  readonly name: string;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** One endpoint: how it is set up, whether anything has come, where it leads, and what it refused. */
export function EndpointPage({ name, live, onPick }: EndpointPageProps) {
  const { content, problem, reload } = useEndpoints(live);
  const endpoint = content?.find((each) => each.name === name || each.id === name);
  return (
    <section class="page" aria-labelledby="endpoint-title">
      <p class="back">
        <a href={toHash({ view: 'endpoints' })}>← Endpoints</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the endpoint" />}
      {content && !endpoint && (
        <Empty title="There is no such endpoint" alone>
          <p>It may have been renamed or deleted.</p>
        </Empty>
      )}
      {endpoint && <Detail endpoint={endpoint} live={live} onPick={onPick} onChanged={reload} />}
    </section>
  );
}

interface DetailProps {
  readonly endpoint: ActiveEndpoint;
  readonly live: Live;
  readonly onPick: (text: string) => void;
  readonly onChanged: () => void;
}

function Detail({ endpoint, live, onPick, onChanged }: DetailProps) {
  const { name, provider, providerTitle, url, routes, owners, createdAt, activity } = endpoint;
  const [reply, setReply] = useState<CommandReply>();
  const refused = useRefused(live, name);

  function take(command: string, answer: CommandReply): void {
    // What it asks for is asked for in the chat.
    if (answer.form) onPick(`/webhook ${command} ${name} `);
    else setReply(answer);
    onChanged();
  }

  return (
    <>
      <header class="page-head">
        <h1 id="endpoint-title">{name}</h1>
        <span class="page-links">
          <a href={toHash({ view: 'events', filter: { endpoint: name } })}>Events</a>
          <a href={toHash({ view: 'templates', endpoint: name })}>Templates</a>
          <a href={toHash({ view: 'refusals', endpoint: name })}>Refused deliveries</a>
          <a href={toHash({ view: 'audit', endpoint: name })}>Audit</a>
        </span>
      </header>
      <FirstEvent endpoint={endpoint} reason={refused[0]?.reason} />
      <div class="tools">
        <RunButton
          label="Test"
          command="test"
          options={{ endpoint: name }}
          look="primary"
          onReply={(answer) => take('test', answer)}
        />
        <RunButton
          label="Rotate the secret"
          command="rotate"
          options={{ endpoint: name }}
          onReply={(answer) => take('rotate', answer)}
        />
        <CopyUrl endpoint={name} />
        <button type="button" onClick={() => onPick(`/webhook route ${name} add `)}>
          Add a channel
        </button>
        <button type="button" onClick={() => onPick(`/webhook mute ${name} `)}>
          Mute
        </button>
      </div>
      {reply && <ReplyNote reply={reply} onDismiss={() => setReply(undefined)} />}
      <RefusedLately refused={refused} onPick={onPick} />
      <section class="card" aria-labelledby="facts-title">
        <h2 id="facts-title">Summary</h2>
        <dl class="pairs">
          <Pair name="Provider">
            <a href={toHash({ view: 'providers', word: undefined, name: provider })}>{providerTitle ?? provider}</a>
          </Pair>
          <Pair name="URL">
            <code>{url}</code>
          </Pair>
          <Pair name="Posts in">
            {routes.map(({ platform, channelName }) => `#${channelName} (${platform})`).join(', ') || 'no channel'}
          </Pair>
          <Pair name="Owners">{owners.join(', ') || 'admins only'}</Pair>
          <Pair name="Made">
            <Moment iso={createdAt} />
          </Pair>
          {activity && activity.every !== null && <Pair name="Events">{describeRhythm(activity.every)}</Pair>}
          <Pair name="Mutes">
            {activity?.mutes ? <a href={toHash({ view: 'mutes', endpoint: name })}>{activity.mutes}</a> : 'none'}
          </Pair>
        </dl>
      </section>
      <SetupSteps provider={provider} open={!activity?.last} />
    </>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
