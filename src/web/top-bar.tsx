import { useEffect, useState } from 'preact/hooks';
import type { Live } from './api/live.ts';
import { request } from './api/request.ts';
import { keepOwnName, NAME_LIMIT, ownName } from './api/run-command.ts';
import type { Session } from './api/shapes.ts';
import { Choice } from './kit/choice.tsx';
import { Disclosure } from './kit/disclosure.tsx';
import { Words } from './kit/words.tsx';
import { AddressForm } from './reach/address-form.tsx';
import { type Route, toHash } from './route.ts';
import { chooseTheme, chosenTheme } from './styles/theme.ts';
import { usePlatforms } from './use-platforms.ts';

const THEMES = [
  { value: 'system', title: 'As the system' },
  { value: 'light', title: 'Light' },
  { value: 'dark', title: 'Dark' },
] as const;

export interface TopBarProps {
  readonly session: Session;
  readonly live: Live;
  readonly view: Route['view'];
  readonly channel: string;
}

/** The navigation, who is signed in, and the state of the platforms. */
export function TopBar({ session, live, view, channel }: TopBarProps) {
  const connected = useConnected(live);
  const inEvents = view === 'events' || view === 'event' || view === 'refusals';
  const inEndpoints = view === 'endpoints' || view === 'endpoint';
  const inTemplates = view === 'templates' || view === 'template';
  return (
    <header class="top-bar">
      <span class="brand">
        <img src="/bell.svg" alt="" width="24" height="24" /> <span>Bellhop</span>
      </span>
      <nav aria-label="Views">
        <a href={toHash({ view: 'chat', channel })} aria-current={view === 'chat' ? 'page' : undefined}>
          Chat
        </a>
        <a href={toHash({ view: 'events', filter: {} })} aria-current={inEvents ? 'page' : undefined}>
          Events
        </a>
        <a href={toHash({ view: 'endpoints' })} aria-current={inEndpoints ? 'page' : undefined}>
          Endpoints
        </a>
        <a href={toHash({ view: 'mutes', endpoint: undefined })} aria-current={view === 'mutes' ? 'page' : undefined}>
          Mutes
        </a>
        <a href={toHash({ view: 'templates', endpoint: undefined })} aria-current={inTemplates ? 'page' : undefined}>
          Templates
        </a>
        <a
          href={toHash({ view: 'providers', word: undefined, name: undefined })}
          aria-current={view === 'providers' ? 'page' : undefined}
        >
          Providers
        </a>
        <a href={toHash({ view: 'audit', endpoint: undefined })} aria-current={view === 'audit' ? 'page' : undefined}>
          Audit
        </a>
        <a href={toHash({ view: 'help', page: undefined })} aria-current={view === 'help' ? 'page' : undefined}>
          Help
        </a>
      </nav>
      <p class="reconnecting" role="status">
        {connected ? '' : 'Reconnecting…'}
      </p>
      <Status session={session} live={live} channel={channel} />
    </header>
  );
}

function Status({ session, live, channel }: Pick<TopBarProps, 'session' | 'live' | 'channel'>) {
  const { user, version } = session;
  const platforms = usePlatforms(session.platforms, live);
  const [name, setName] = useState(ownName);
  const [theme, setTheme] = useState(chosenTheme);
  const away = platforms.filter(({ ready }) => !ready).map(({ title }) => title);
  return (
    <Disclosure
      class="status"
      summary={
        <>
          <span class={`dot ${away.length ? 'dot-off' : 'dot-on'}`} aria-hidden="true" />
          <span class="status-user">{name || user.name}</span>
          {away.length ? (
            <span class="status-away">{away.join(' and ')} not ready</span>
          ) : (
            <span class="unseen">, all platforms are ready</span>
          )}
        </>
      }
    >
      <ul>
        {platforms.map(({ name, title, ready, detail }) => (
          <li key={name}>
            <span class={`dot ${ready ? 'dot-on' : 'dot-off'}`} aria-hidden="true" />
            <strong>{title}</strong> <Words text={detail || (ready ? 'Ready.' : 'Not ready.')} />
          </li>
        ))}
      </ul>
      <AddressForm live={live} channel={channel} />
      <p class="hint">
        Bellhop {version} · <a href={toHash({ view: 'gallery', provider: undefined })}>Gallery of messages</a>
      </p>
      <label class="own-name">
        Your name, as others read it
        <input
          value={name}
          maxLength={NAME_LIMIT}
          placeholder={user.name}
          onInput={({ currentTarget }) => {
            keepOwnName(currentTarget.value);
            setName(currentTarget.value);
          }}
        />
      </label>
      <Choice
        legend="Theme"
        value={theme}
        choices={THEMES}
        onChange={(next) => {
          chooseTheme(next);
          setTheme(next);
        }}
      />
      <SignOut />
    </Disclosure>
  );
}

/** Signs out and reloads the page. */
function SignOut() {
  const [problem, setProblem] = useState('');
  async function signOut() {
    try {
      await request('/session', { method: 'DELETE' });
      location.reload();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }
  return (
    <p>
      <button type="button" onClick={signOut}>
        Sign out
      </button>
      <span role="status">{problem}</span>
    </p>
  );
}

function useConnected(live: Live): boolean {
  const [connected, setConnected] = useState(true);
  useEffect(() => live.listen({ connected: setConnected }), [live]);
  return connected;
}
