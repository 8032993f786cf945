import { useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { runCommand } from '../api/run-command.ts';
import { failureOf } from '../chat/notes/note.ts';
import { messageOf } from '../kit/failure.tsx';
import { Words } from '../kit/words.tsx';
import { useAddress } from './use-address.ts';

/** Where webhooks arrive, and a field to change that. */
export function AddressForm({ live, channel }: { readonly live: Live; readonly channel: string }) {
  const { content, reload } = useAddress(live);
  const [typed, setTyped] = useState<string>();
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly refused: boolean }>();
  const [busy, setBusy] = useState(false);
  if (!content) return null;
  const { url, setBy, tunnel } = content;
  const value = typed ?? (setBy === 'admin' ? url : (tunnel?.url ?? ''));

  async function save(more: Readonly<Record<string, string>> = {}): Promise<void> {
    if (busy) return;
    setBusy(true);
    try {
      const options = value.trim() ? { url: value, ...more } : { clear: 'yes' };
      const reply = await runCommand({ command: 'address', options, channel });
      const failure = failureOf(reply);
      setOutcome({ text: reply.text, refused: failure?.code === 'not_reached' });
      if (!failure) setTyped(undefined);
      reload();
    } catch (error) {
      setOutcome({ text: messageOf(error), refused: false });
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      class="address"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p class="hint">
        Webhooks arrive at <code>{url}</code>
        {setBy === 'environment' && (
          <>
            , as <code>PUBLIC_URL</code> in the environment says
          </>
        )}
        .
      </p>
      {setBy !== 'environment' && (
        <p>
          <label>
            Address that providers reach{' '}
            <input
              type="text"
              inputMode="url"
              autocomplete="off"
              placeholder="https://hooks.example.com"
              value={value}
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          </label>{' '}
          {/* A disabled button would lose the focus, and the panel around it would close. */}
          <button type="submit" aria-disabled={busy}>
            {busy ? 'Trying it…' : 'Set address'}
          </button>
        </p>
      )}
      <p class="hint" role="status">
        {outcome && <Words text={outcome.text} />}
      </p>
      {outcome?.refused && (
        <p>
          <button type="button" aria-disabled={busy} onClick={() => void save({ anyway: 'yes' })}>
            Set it anyway
          </button>
        </p>
      )}
    </form>
  );
}
