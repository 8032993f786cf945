import { useState } from 'preact/hooks';
import { request } from '../../api/request.ts';
import { asker } from '../../api/run-command.ts';
import type { SavedTemplate, TemplateHistory, TemplateRevision } from '../../api/template-shapes.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Failure, messageOf } from '../../kit/failure.tsx';
import { Skeleton } from '../../kit/skeleton.tsx';
import { CodeBlock } from '../../kit/text/code-block.tsx';
import { Moment } from '../../kit/time.tsx';
import { useResource } from '../../kit/use-resource.ts';
import { OriginLine } from '../origin-line.tsx';
import type { Place } from '../place.ts';
import { TextDiff } from './text-diff.tsx';

export interface HistoryDialogProps {
  readonly place: Place;
  /** Where it counts: `for the endpoint api`. */
  readonly where: string;
  readonly maySave: boolean;
  readonly onRestored: (saved: SavedTemplate) => void;
  /** Puts an older text into the editor. */
  readonly onPick: (text: string) => void;
  readonly onClose: () => void;
}

/** What a template was in one scope, and the ways back. */
export function HistoryDialog({ place, where, maySave, onRestored, onPick, onClose }: HistoryDialogProps) {
  const { content, problem, reload } = useResource(JSON.stringify(place), (signal) =>
    request<TemplateHistory>('/templates/history', { query: place, signal }),
  );
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState('');
  const revisions = content?.revisions ?? [];

  async function restore(action: 'undo' | 'reset'): Promise<void> {
    setRunning(true);
    try {
      onRestored(await request<SavedTemplate>(`/templates/${action}`, { body: { ...place, ...asker() } }));
    } catch (error) {
      setFailure(messageOf(error));
    }
    setRunning(false);
  }

  return (
    <Dialog title={`History ${where}`} wide onClose={onClose}>
      {problem && <Failure message={problem} onRetry={reload} />}
      {failure && <Failure message={failure} />}
      {!content && !problem && <Skeleton rows={4} label="Loading the history" />}
      {content && revisions.length === 0 && (
        <p>
          It was never changed {where}. The template in use is: <OriginLine origin={content.file.origin} />.
        </p>
      )}
      {content && (
        <ol class="revisions">
          {revisions.map((revision, index) => (
            <li key={revision.revision}>
              <Revision
                revision={revision}
                before={revisions[index + 1]?.source ?? (revision.revision === 1 ? content.file.source : undefined)}
                isFirst={index === 0}
                onPick={onPick}
              />
            </li>
          ))}
        </ol>
      )}
      {maySave && typeof revisions[0]?.source === 'string' && (
        <p class="hint">
          Undo brings back what was there before the latest change. Reset lets the template of the next wider scope
          count again, or the one that came with Bellhop. Both stay in the history.
        </p>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          Close
        </button>
        {maySave && revisions.length > 0 && (
          <>
            {typeof revisions[0]?.source === 'string' && (
              <button type="button" disabled={running} onClick={() => restore('reset')}>
                Reset
              </button>
            )}
            <button type="button" class="primary" disabled={running} onClick={() => restore('undo')}>
              Undo the latest change
            </button>
          </>
        )}
      </footer>
    </Dialog>
  );
}

interface RevisionProps extends Pick<HistoryDialogProps, 'onPick'> {
  readonly revision: TemplateRevision;
  /** What it was before, where that is still known. */
  readonly before: string | undefined;
  readonly isFirst: boolean;
}

function Revision({ revision: { revision, source, by, at, restores }, before, isFirst, onPick }: RevisionProps) {
  return (
    <details open={isFirst}>
      <summary>
        <strong>Revision {revision}</strong>
        {source === null && ', reset'}
        {restores !== undefined &&
          (restores === 0 ? ', undone to what was there first' : `, undone to revision ${restores}`)}
        <span class="hint">
          {by && ` by ${by}`}
          {at && (
            <>
              , <Moment iso={at} />
            </>
          )}
        </span>
      </summary>
      {source !== null && (
        <>
          {before === undefined ? (
            <CodeBlock class="raw">{source}</CodeBlock>
          ) : (
            <TextDiff label="− before, + in this revision" before={before} after={source} />
          )}
          <button type="button" onClick={() => onPick(source)}>
            Put this text into the editor
          </button>
        </>
      )}
    </details>
  );
}
