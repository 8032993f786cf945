import { useEffect, useId, useState } from 'preact/hooks';
import type { OptionDescription } from '../api/shapes.ts';
import type { Suggestion } from './suggest.ts';
import { complete } from './use-suggestions.ts';

export interface FormFieldProps {
  readonly option: OptionDescription;
  readonly command: string;
  readonly channel: string;
  readonly value: string;
  readonly invalid: boolean;
  readonly onChange: (value: string) => void;
}

/** One option of a command as a field, of the kind its description calls for. */
export function FormField({ option, command, channel, value, invalid, onChange }: FormFieldProps) {
  const id = useId();
  const common = {
    id,
    'aria-describedby': `${id}-hint`,
    'aria-invalid': invalid,
    required: !option.optional && option.type !== 'flag',
  };
  const { name, label, description, example, type } = option;
  return (
    <div class="field">
      <label for={id}>
        {label || toLabel(name)}
        {option.optional && <span class="optional"> optional</span>}
      </label>
      {draw()}
      <p class="hint" id={`${id}-hint`}>
        {description.replace(/\.$/, '')}.{example && ` Example: ${example}`}
      </p>
    </div>
  );

  function draw() {
    if (type === 'flag') {
      return (
        <input
          {...common}
          type="checkbox"
          checked={value === 'true'}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? 'true' : '')}
        />
      );
    }
    if (option.choices) {
      return (
        <select {...common} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          <option value="" />
          {option.choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      );
    }
    if (option.long)
      return (
        <textarea {...common} rows={8} value={value} onInput={({ currentTarget }) => onChange(currentTarget.value)} />
      );
    return (
      <CompletedInput query={{ command, option, channel }} value={value} onChange={onChange} attributes={common} />
    );
  }
}

interface CompletedInputProps {
  readonly query: { readonly command: string; readonly option: OptionDescription; readonly channel: string };
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly attributes: Readonly<Record<string, unknown>>;
}

function CompletedInput({ query: { command, option, channel }, value, onChange, attributes }: CompletedInputProps) {
  const list = useId();
  const [suggestions, setSuggestions] = useState<readonly Suggestion[]>([]);
  const completed = Boolean(option.complete) || option.type === 'channel';
  useEffect(() => {
    if (!completed) return;
    const stop = new AbortController();
    complete({ command, option: option.name, typed: value, channel }, stop.signal).then((found) => {
      if (!stop.signal.aborted) setSuggestions(found);
    });
    return () => stop.abort();
  }, [completed, value]);

  return (
    <>
      <input
        {...attributes}
        type="text"
        inputMode={option.type === 'integer' ? 'numeric' : 'text'}
        autocomplete="off"
        list={completed ? list : undefined}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      {completed && (
        <datalist id={list}>
          {suggestions.map(({ label, hint }) => (
            <option key={label} value={label}>
              {hint}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

function toLabel(name: string): string {
  return (name.charAt(0).toUpperCase() + name.slice(1)).replace(/[-_]/g, ' ');
}
