import { useEffect, useRef, useState } from 'preact/hooks';
import type { CommandDescription } from '../api/shapes.ts';
import { createCommandHistory } from './command-history.ts';
import { accept, type Suggestion } from './suggest.ts';
import { SuggestionList } from './suggestion-list.tsx';
import { useSuggestions } from './use-suggestions.ts';

export interface CommandLineProps {
  readonly channel: string;
  readonly commands: readonly CommandDescription[];
  /** Text that somebody picked elsewhere on the page, to be taken over once. */
  readonly draft: { readonly text: string } | undefined;
  readonly onDrafted: () => void;
  /** Resolves with whether the line was understood; one that was not stays, to be corrected. */
  readonly onRun: (text: string) => Promise<boolean>;
}

const history = createCommandHistory();

/** Where commands are typed: with completion, and with what was typed before on the arrow keys. */
export function CommandLine({ channel, commands, draft, onDrafted, onRun }: CommandLineProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const [{ line, cursor }, setLine] = useState({ line: '', cursor: 0 });
  const [stepsBack, setStepsBack] = useState(0);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const [running, setRunning] = useState(false);
  const { spot, suggestions, isWaiting } = useSuggestions({ line, cursor, channel, commands });
  const shown = open && suggestions.length > 0;

  useEffect(() => {
    if (!draft) return;
    write(draft.text, draft.text.length);
    onDrafted();
  }, [draft]);

  function write(text: string, at: number, { complete = false } = {}): void {
    setLine({ line: text, cursor: at });
    setOpen(complete);
    setActive(-1);
    // The cursor can be set once the new text is in the field.
    requestAnimationFrame(() => {
      input.current?.focus();
      input.current?.setSelectionRange(at, at);
    });
  }

  function take(suggestion: Suggestion): void {
    if (!spot) return;
    const next = accept(line, cursor, spot, suggestion);
    write(next.line, next.cursor, { complete: true });
  }

  async function run(): Promise<void> {
    const text = line.trim();
    if (!text || running) return;
    setOpen(false);
    setRunning(true);
    history.add(text);
    setStepsBack(0);
    const understood = await onRun(text);
    setRunning(false);
    if (understood) setLine({ line: '', cursor: 0 });
    input.current?.focus();
  }

  /** Takes the chosen suggestion, or the first. Where nothing is typed yet the first is only chosen, so that no word is passed over unseen. */
  function complete(chosen: Suggestion | undefined): boolean {
    if (open && isWaiting) return true;
    const next = chosen ?? suggestions[0];
    if (!shown || !spot || !next) return false;
    const isTyped = line.slice(spot.from, cursor) !== '';
    if (chosen || isTyped) take(next);
    else setActive(0);
    return true;
  }

  function recall(steps: number): boolean {
    const text = steps === 0 ? '' : history.at(steps);
    if (text === undefined || steps < 0) return false;
    setStepsBack(steps);
    write(text, text.length);
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const chosen = suggestions[active];
    const handled = ((): boolean => {
      switch (event.key) {
        case 'Enter':
          if (event.shiftKey || event.isComposing) return false;
          if (shown && chosen) take(chosen);
          else void run();
          return true;
        case 'Tab':
          return !event.shiftKey && complete(chosen);
        case 'Escape':
          setOpen(false);
          return shown;
        case 'ArrowDown':
          if (shown) setActive((active + 1) % suggestions.length);
          return shown || recall(stepsBack - 1);
        case 'ArrowUp':
          if (shown) setActive((Math.max(active, 0) + suggestions.length - 1) % suggestions.length);
          return shown || (!line.slice(0, cursor).includes('\n') && recall(stepsBack + 1));
        default:
          return false;
      }
    })();
    if (handled) event.preventDefault();
  }

  return (
    <form
      class="command-line"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <p class="unseen" role="status">
        {shown && active < 0
          ? `${suggestions.length === 1 ? '1 suggestion' : `${suggestions.length} suggestions`}, first ${suggestions[0]?.label}`
          : ''}
      </p>
      {shown && <SuggestionList suggestions={suggestions} active={active} onTake={take} />}
      <div class="command-field" aria-busy={running}>
        <textarea
          ref={input}
          rows={1}
          aria-label="Command"
          aria-autocomplete="list"
          aria-controls={shown ? 'suggestions' : undefined}
          aria-activedescendant={shown && active >= 0 ? `suggestion-${active}` : undefined}
          aria-describedby="command-keys"
          placeholder="Type /webhook help"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={line}
          onInput={({ currentTarget: { value, selectionStart } }) => {
            setLine({ line: value, cursor: selectionStart });
            setOpen(true);
            setActive(-1);
            setStepsBack(0);
          }}
          onSelect={({ currentTarget: { selectionStart } }) => setLine((now) => ({ ...now, cursor: selectionStart }))}
          onBlur={() => setOpen(false)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="primary" disabled={running || line.trim() === ''}>
          {running ? 'Running…' : 'Run'}
        </button>
      </div>
      <p id="command-keys" class="command-keys">
        <kbd>Tab</kbd> completes · <kbd>↑</kbd> brings back what you typed · <kbd>Shift</kbd>+<kbd>Enter</kbd> starts a
        new line
      </p>
    </form>
  );
}
