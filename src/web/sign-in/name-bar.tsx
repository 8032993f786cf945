import { useState } from 'preact/hooks';
import { keepOwnName, NAME_LIMIT, ownName, wasAskedForName } from '../api/run-command.ts';

/** Asks once, and in nobody's way, what others are to call whoever uses this browser: a link that signs in names nobody. */
export function NameBar() {
  const [shown, setShown] = useState(() => !ownName() && !wasAskedForName());
  const [name, setName] = useState('');
  if (!shown) return null;

  function keep(given: string): void {
    keepOwnName(given);
    setShown(false);
  }

  return (
    <form
      class="name-bar"
      aria-label="Your name"
      onSubmit={(event) => {
        event.preventDefault();
        keep(name);
      }}
    >
      <label>
        What is your name? The audit and the chats show it beside what you do here.
        <input
          value={name}
          maxLength={NAME_LIMIT}
          autocomplete="name"
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary" disabled={!name.trim()}>
        Keep
      </button>
      <button type="button" onClick={() => keep('')}>
        Not now
      </button>
    </form>
  );
}
