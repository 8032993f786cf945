import { useEffect, useId, useRef, useState } from 'preact/hooks';

export interface SettledInputProps {
  readonly label: string;
  readonly value: string;
  readonly type?: 'search' | 'text';
  readonly placeholder?: string;
  readonly suggestions?: readonly string[];
  readonly onChange: (value: string) => void;
}

/** Milliseconds of rest before what is typed counts. */
const REST = 250;

/** A field whose text counts once nobody types, or at once with Enter or when it is left. Nothing that is typed meanwhile is lost. */
export function SettledInput({
  label,
  value,
  type = 'text',
  placeholder = label,
  suggestions,
  onChange,
}: SettledInputProps) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const given = useRef(value);
  const latest = useRef(onChange);
  latest.current = onChange;
  // A value that was given from here comes back later, when more may have been typed.
  useEffect(() => {
    if (value !== given.current) setTyped(value);
    given.current = value;
  }, [value]);
  function settle(text: string): void {
    if (text === given.current) return;
    given.current = text;
    latest.current(text);
  }
  useEffect(() => {
    const timer = setTimeout(settle, REST, typed);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <>
      <input
        type={type}
        aria-label={label}
        placeholder={placeholder}
        value={typed}
        list={suggestions && id}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && settle(currentTarget.value)}
        onBlur={({ currentTarget }) => settle(currentTarget.value)}
      />
      {suggestions && (
        <datalist id={id}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </>
  );
}
