import { useId } from 'preact/hooks';

export interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly title: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export function Choice<Value extends string>({ legend, value, choices, onChange }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="switch">
      <legend class="unseen">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>{choice.title}</span>
        </label>
      ))}
    </fieldset>
  );
}
