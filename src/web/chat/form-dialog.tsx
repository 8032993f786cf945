import { useState } from 'preact/hooks';
import type { CommandDescription, FormDescription, OptionDescription } from '../api/shapes.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Failure } from '../kit/failure.tsx';
import { FormField } from './form-field.tsx';

/** What is wrong with an answer, and with which of its options. */
export interface FormProblem {
  readonly message: string;
  readonly field: string | undefined;
}

export interface FormDialogProps {
  readonly form: FormDescription;
  readonly command: CommandDescription | undefined;
  readonly channel: string;
  /** Resolves with what is wrong; with nothing once the command has run. */
  readonly onSubmit: (options: Readonly<Record<string, string>>) => Promise<FormProblem | undefined>;
  readonly onClose: () => void;
}

/** Asks for a command's options. */
export function FormDialog({ form, command, channel, onSubmit, onClose }: FormDialogProps) {
  const [values, setValues] = useState(form.options);
  const [problem, setProblem] = useState<FormProblem>();
  const [running, setRunning] = useState(false);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    setRunning(true);
    setProblem(await onSubmit(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))));
    setRunning(false);
  }

  return (
    <Dialog title={form.title} onClose={onClose}>
      <form onSubmit={submit}>
        {problem && <Failure message={problem.message} />}
        {form.ask.map((name) => (
          <FormField
            key={name}
            option={optionOf(name, form, command)}
            command={form.command}
            channel={channel}
            value={values[name] ?? ''}
            invalid={problem?.field === name}
            onChange={(value) => setValues((now) => ({ ...now, [name]: value }))}
          />
        ))}
        <footer>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={running}>
            {running ? 'Running…' : form.submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function optionOf(
  name: string,
  { fields }: FormDescription,
  command: CommandDescription | undefined,
): OptionDescription {
  const described = [...(fields ?? []), ...(command?.options ?? [])].find((option) => option.name === name);
  return described ?? { name, type: 'string', description: '' };
}
