import { request } from '../../api/request.ts';
import type { TemplateText } from '../../api/template-shapes.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Failure } from '../../kit/failure.tsx';
import { Skeleton } from '../../kit/skeleton.tsx';
import { useResource } from '../../kit/use-resource.ts';
import { OriginLine } from '../origin-line.tsx';
import type { Place } from '../place.ts';
import { TextDiff } from './text-diff.tsx';

export interface ConflictDialogProps {
  readonly place: Place;
  readonly mine: string;
  /** Called with what somebody else saved, and which of the two goes on. */
  readonly onChoose: (choice: 'mine' | 'theirs', theirs: TemplateText) => void;
  readonly onClose: () => void;
}

const WHOLE = 1_000_000;

/** Somebody else saved meanwhile: both texts, and a choice. */
export function ConflictDialog({ place, mine, onChoose, onClose }: ConflictDialogProps) {
  const {
    content: theirs,
    problem,
    reload,
  } = useResource(JSON.stringify(place), (signal) =>
    request<TemplateText>('/templates/text', { query: place, signal }),
  );
  return (
    <Dialog title="Somebody else saved it meanwhile" wide onClose={onClose}>
      <p>Nothing is lost: your text is still in the editor, and theirs counts until you save yours.</p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!theirs && !problem && <Skeleton rows={4} label="Loading their text" />}
      {theirs && (
        <>
          <p class="hint">
            <OriginLine origin={theirs.origin} />
          </p>
          <TextDiff label="− theirs, + yours" before={theirs.source} after={mine} around={WHOLE} />
        </>
      )}
      <footer>
        <button type="button" onClick={onClose}>
          Go on editing
        </button>
        <button type="button" disabled={!theirs} onClick={() => theirs && onChoose('theirs', theirs)}>
          Take theirs
        </button>
        <button type="button" class="danger" disabled={!theirs} onClick={() => theirs && onChoose('mine', theirs)}>
          Save mine over theirs
        </button>
      </footer>
    </Dialog>
  );
}
