import type { Live } from '../api/live.ts';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fromNow, fullTime } from '../kit/time.tsx';
import { toHash } from '../route.ts';
import { CopyUrl } from './copy-url.tsx';
import { describeRhythm } from './rhythm.ts';
import { type ActiveEndpoint, useEndpoints } from './use-endpoints.ts';

export interface EndpointTableProps {
  readonly live: Live;
  /** Opens the chat with a command. */
  readonly onPick: (text: string) => void;
}

const natural = new Intl.Collator(undefined, { numeric: true });

/** All endpoints, each with where it leads and what goes on there. */
export function EndpointTable({ live, onPick }: EndpointTableProps) {
  const { content, problem, reload } = useEndpoints(live);
  return (
    <section class="page wide" aria-labelledby="endpoints-title">
      <header class="page-head">
        <h1 id="endpoints-title">Endpoints</h1>
        <button type="button" onClick={() => onPick('/webhook new ')}>
          New endpoint
        </button>
      </header>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={8} label="Loading endpoints" />}
      {content?.length === 0 && (
        <Empty title="There is no endpoint yet">
          <p>An endpoint is a URL for one provider, and the channels its events are posted in.</p>
          <p class="examples">
            <Example text="/webhook new github" onPick={onPick} />
          </p>
        </Empty>
      )}
      {content && content.length > 0 && (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">Endpoint</th>
                <th scope="col">Posts in</th>
                <th scope="col">Last event</th>
                <th scope="col">Refused in a day</th>
                <th scope="col">Mutes</th>
                <th scope="col">Owners</th>
                <th scope="col">URL</th>
              </tr>
            </thead>
            <tbody>
              {content
                .toSorted((a, b) => natural.compare(a.name, b.name))
                .map((endpoint) => (
                  <EndpointRow key={endpoint.id} endpoint={endpoint} />
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function EndpointRow({ endpoint }: { readonly endpoint: ActiveEndpoint }) {
  const { name, providerTitle, provider, routes, owners, activity } = endpoint;
  return (
    <tr>
      <th scope="row">
        <a href={toHash({ view: 'endpoint', name })}>{name}</a>
        <span class="cell-hint">{providerTitle ?? provider}</span>
      </th>
      <td data-label="Posts in">
        {routes.length === 0 && 'no channel'}
        {routes.map(({ id, platform, channelName }) => (
          <span key={id} class="cell-line" title={platform}>
            #{channelName}
          </span>
        ))}
      </td>
      <td data-label="Last event">
        {activity?.last ? (
          <>
            <a
              href={toHash({ view: 'events', filter: { endpoint: name } })}
              title={`${activity.last.about?.title ?? activity.last.type}, ${fullTime(activity.last.receivedAt)}`}
            >
              {fromNow(Date.parse(activity.last.receivedAt))}
            </a>
            {activity.every !== null && <span class="cell-hint">{describeRhythm(activity.every)}</span>}
          </>
        ) : (
          'none yet'
        )}
      </td>
      <td data-label="Refused in a day">
        {activity?.refused ? (
          <a class="alarming" href={toHash({ view: 'refusals', endpoint: name })}>
            {activity.refused}
            <span class="unseen"> refused deliveries of {name}</span>
          </a>
        ) : (
          '0'
        )}
      </td>
      <td data-label="Mutes">
        {activity?.mutes ? (
          <a href={toHash({ view: 'mutes', endpoint: name })}>
            {activity.mutes}
            <span class="unseen"> mutes of {name}</span>
          </a>
        ) : (
          '0'
        )}
      </td>
      <td data-label="Owners">{owners.map((owner) => owner.replace(/^[^:]*:/, '')).join(', ') || 'admins only'}</td>
      <td data-label="URL">
        <CopyUrl endpoint={name} />
      </td>
    </tr>
  );
}
