import { lazy, Suspense } from 'preact/compat';
import { useEffect, useState } from 'preact/hooks';
import type { Live } from './api/live.ts';
import type { Session } from './api/shapes.ts';
import { ChannelDialog } from './chat/channels/channel-dialog.tsx';
import { FIRST_CHANNEL, useChannels } from './chat/channels/use-channels.ts';
import { Chat } from './chat/chat.tsx';
import { useNotes } from './chat/notes/use-notes.ts';
import { EndpointPage } from './endpoints/endpoint-page.tsx';
import { EndpointTable } from './endpoints/endpoint-table.tsx';
import { Events } from './events/events.tsx';
import { Gallery } from './gallery/gallery.tsx';
import { Boundary } from './kit/boundary.tsx';
import { Empty } from './kit/empty.tsx';
import { Failure } from './kit/failure.tsx';
import { useShortcut } from './kit/hooks/use-shortcut.ts';
import { Skeleton } from './kit/skeleton.tsx';
import { pageTitle } from './page-title.ts';
import { ProviderList } from './providers/provider-list.tsx';
import { AuditList } from './records/audit-list.tsx';
import { MuteList } from './records/mute-list.tsx';
import { RefusalList } from './refusals/refusal-list.tsx';
import { type Route, toHash } from './route.ts';
import { NameBar } from './sign-in/name-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { useRoute } from './use-route.ts';

// Few open the manual, and it is long.
const Help = lazy(async () => (await import('./help/help.tsx')).Help);
// The editor is larger than the rest of the page.
const TemplateList = lazy(() => import('./templates/template-list.tsx'));
const TemplateView = lazy(() => import('./templates/template-view.tsx'));

export interface AppProps {
  readonly session: Session;
  readonly live: Live;
}

/** Where the work is done: the command line, or the content of a view that has none. */
function skip(): void {
  const line = document.querySelector<HTMLElement>('.command-field textarea');
  (line ?? document.getElementById('main'))?.focus();
}

/** The page for somebody who is signed in. */
export function App({ session, live }: AppProps) {
  const route = useRoute();
  const notes = useNotes();
  const [lastChannel, setLastChannel] = useState(FIRST_CHANNEL);
  const [draft, setDraft] = useState<{ readonly text: string }>();
  const channel = route.view === 'chat' ? (route.channel ?? lastChannel) : lastChannel;
  useEffect(() => setLastChannel(channel), [channel]);
  const channels = useChannels(channel, live);
  const unread = channels.all?.reduce((sum, each) => sum + each.unread, 0) ?? 0;
  const title = pageTitle(route, channel, unread);
  const [isFinding, setFinding] = useState(false);
  useShortcut('k', () => setFinding(true));
  useEffect(() => {
    document.title = title;
  }, [title]);

  function pick(text: string): void {
    setDraft({ text });
    location.hash = toHash({ view: 'chat', channel });
  }

  return (
    <div class="app">
      <button type="button" class="skip" onClick={skip}>
        Skip to content
      </button>
      <TopBar session={session} live={live} view={route.view} channel={channel} />
      <NameBar />
      <main id="main" tabIndex={-1}>
        <Boundary key={keyOf(route)} fallback={<Failure message="This view cannot be shown. Reload the page." />}>
          <Suspense fallback={<Skeleton rows={6} label="Loading" />}>{draw(route)}</Suspense>
        </Boundary>
      </main>
      {isFinding && <ChannelDialog channels={channels.all ?? []} current={channel} onClose={() => setFinding(false)} />}
    </div>
  );

  function draw(shown: Route) {
    switch (shown.view) {
      case 'chat':
        return (
          <Chat
            channel={channel}
            message={shown.message}
            channels={channels}
            live={live}
            draft={draft}
            onDraft={setDraft}
            notes={notes}
            onFind={() => setFinding(true)}
          />
        );
      case 'events':
      case 'event':
        return (
          <Events
            filter={shown.filter ?? {}}
            id={shown.view === 'event' ? shown.id : undefined}
            live={live}
            onPick={pick}
          />
        );
      case 'endpoints':
        return <EndpointTable live={live} onPick={pick} />;
      case 'endpoint':
        return <EndpointPage name={shown.name} live={live} onPick={pick} />;
      case 'mutes':
        return <MuteList endpoint={shown.endpoint} onPick={pick} />;
      case 'audit':
        return <AuditList endpoint={shown.endpoint} />;
      case 'refusals':
        return <RefusalList endpoint={shown.endpoint} live={live} onPick={pick} />;
      case 'gallery':
        return <Gallery provider={shown.provider} />;
      case 'providers':
        return <ProviderList word={shown.word} name={shown.name} onPick={pick} />;
      case 'help':
        return <Help page={shown.page} />;
      case 'templates':
        return <TemplateList endpoint={shown.endpoint} onPick={pick} />;
      case 'template':
        return <TemplateView route={shown} live={live} onPick={pick} />;
      case 'lost':
        return (
          <Empty title="There is no such page" alone>
            <p>
              Go to the <a href={toHash({ view: 'chat', channel: undefined })}>chat</a>, or to the{' '}
              <a href={toHash({ view: 'events', filter: {} })}>events</a>.
            </p>
          </Empty>
        );
    }
  }
}

/** What is shown anew: another view or another thing, but not the same list with another filter, in which somebody may be typing. */
function keyOf(route: Route): string {
  if (route.view === 'event') return 'events';
  if (route.view === 'chat') return toHash({ ...route, message: undefined });
  if (route.view === 'template') return toHash({ ...route, scope: undefined, event: undefined });
  return 'filter' in route || route.view === 'gallery' || route.view === 'providers' ? route.view : toHash(route);
}
