import { useState } from 'preact/hooks';
import type { TemplateFinding } from '../../../core/command/desks/template-desk.ts';
import { RequestError, request } from '../../api/request.ts';
import { asker } from '../../api/run-command.ts';
import type { SavedTemplate, TemplatePreview } from '../../api/template-shapes.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Failure, messageOf } from '../../kit/failure.tsx';
import { Skeleton } from '../../kit/skeleton.tsx';
import { useResource } from '../../kit/use-resource.ts';
import { Words } from '../../kit/words.tsx';
import type { Place } from '../place.ts';

/** Events that the text is tried on before it is saved. */
const TRIED = 10;
const SHOWN = 5;

export interface SaveDialogProps {
  readonly place: Place;
  readonly source: string;
  readonly version: string;
  /** Where it will count: `for the endpoint api`. */
  readonly where: string;
  readonly maySave: boolean;
  readonly doubts: readonly TemplateFinding[];
  readonly onSaved: (saved: SavedTemplate) => void;
  /** Called where somebody else saved since the text was begun. */
  readonly onConflict: () => void;
  readonly onClose: () => void;
}

/** Says what a text would change on the last events, and saves it; whoever may not save it proposes it. */
export function SaveDialog(props: SaveDialogProps) {
  const { place, source, version, where, maySave, doubts, onSaved, onConflict, onClose } = props;
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<{ readonly message: string; readonly anyway: boolean }>();
  const tried = useResource(JSON.stringify(place), async (signal) => {
    const body = { ...place, source, limit: TRIED };
    return (await request<{ readonly previews: readonly TemplatePreview[] }>('/templates/preview', { body, signal }))
      .previews;
  });
  const previews = tried.content;
  const fails = problem?.anyway || previews?.some(({ failure }) => failure);
  const verb = maySave ? 'Save' : 'Propose';

  async function save(): Promise<void> {
    setRunning(true);
    try {
      const body = { ...place, source, version, confirm: Boolean(fails), ...asker() };
      onSaved(await request<SavedTemplate>('/templates/text', { method: 'PUT', body }));
    } catch (error) {
      if (error instanceof RequestError && error.code === 'template_changed') return onConflict();
      setProblem({ message: messageOf(error), anyway: error instanceof RequestError && error.code === 'confirm' });
    }
    setRunning(false);
  }

  return (
    <Dialog title={`${verb} ${where}`} onClose={onClose}>
      {!maySave && (
        <p>You may not save it yourself. Those who may are asked in chat, with a preview and a button that saves it.</p>
      )}
      {previews && <Outcome previews={previews} />}
      {tried.problem && <Failure message={tried.problem} onRetry={tried.reload} />}
      {!previews && !tried.problem && <Skeleton rows={2} label="Trying it on the last events" />}
      {doubts.length > 0 && (
        <>
          <h3>Please check</h3>
          <ul class="outcome-list">
            {doubts.map(({ message, line }, index) => (
              <li key={index}>
                {line !== undefined && `Line ${line}: `}
                <Words text={message} />
              </li>
            ))}
          </ul>
        </>
      )}
      {problem && <Failure message={problem.message} />}
      <footer>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" class={fails ? 'danger' : 'primary'} disabled={running || !previews} onClick={save}>
          {running ? 'Saving…' : fails ? `${verb} anyway` : verb}
        </button>
      </footer>
    </Dialog>
  );
}

/** What would change or fail, event by event. */
function Outcome({ previews }: { readonly previews: readonly TemplatePreview[] }) {
  const failed = previews.filter(({ failure }) => failure);
  const changed = previews.filter((each) => each.changed && !each.failure);
  if (previews.length === 0) return <p>No such event has come yet, so nothing could be tried.</p>;
  return (
    <div role="status">
      <p>{summaryOf(previews.length, changed.length, failed.length)}</p>
      <ul class="outcome-list">
        {failed.map(({ event, failure }) => (
          <li key={event.id} class="post-error">
            {event.title}: <Words text={failure?.message ?? ''} />
          </li>
        ))}
        {changed.slice(0, SHOWN).map(({ event, before, after }) => (
          <li key={event.id}>
            {before.text === after.text ? (
              <>{after.text}: only what follows the first line changes</>
            ) : (
              <>
                <del>{before.text}</del> <ins>{after.text}</ins>
              </>
            )}
          </li>
        ))}
        {changed.length > SHOWN && <li class="hint">and {changed.length - SHOWN} more</li>}
      </ul>
    </div>
  );
}

function summaryOf(tried: number, changed: number, failed: number): string {
  const [differ, fail] = [changed, failed].map((count) =>
    count === 0 ? 'none' : count === tried ? 'all' : `${count}`,
  );
  if (tried === 1) {
    const what = failed
      ? 'fails on it, and the next best template would make its message'
      : changed
        ? 'changes its message'
        : 'changes nothing in its message';
    return `Tried on the only event that came: the text ${what}.`;
  }
  const failures = failed ? `; ${fail} would fail, and the next best template would make their messages` : '';
  return `Of the last ${tried} events, ${differ} would read differently${failures}.`;
}
