import { useCallback, useRef, useState } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { Endpoint } from '../api/shapes.ts';
import type { SavedTemplate, TemplateText, TemplateWords } from '../api/template-shapes.ts';
import { Failure } from '../kit/failure.tsx';
import { useLeaveGuard } from '../kit/leave-guard.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';
import { useSettled } from '../kit/use-settled.ts';
import { parseRoute, type TemplateRoute } from '../route.ts';
import { goTo } from '../use-route.ts';
import type { CodeHandle } from './code/code-editor.tsx';
import { ConflictDialog } from './dialogs/conflict-dialog.tsx';
import { HistoryDialog } from './dialogs/history-dialog.tsx';
import { LeaveDialog } from './dialogs/leave-dialog.tsx';
import { SaveDialog } from './dialogs/save-dialog.tsx';
import { HelperList } from './helper-list.tsx';
import { NoEvent } from './no-event.tsx';
import { describeScope, describeType, scopeOf, toPlace } from './place.ts';
import { PreviewPane } from './preview-pane.tsx';
import { TemplateHead } from './template-head.tsx';
import { TemplateWriting } from './template-writing.tsx';
import { useFindings } from './use-findings.ts';
import { useTemplate } from './use-template.ts';
import { useTemplateEvents } from './use-template-events.ts';

/** Milliseconds of rest before a text is looked over and previewed. */
const REST = 300;

export interface TemplateEditorProps {
  readonly route: TemplateRoute;
  readonly endpoint: Endpoint;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

type Asking = 'save' | 'conflict' | 'history';

/** The text of one template beside what it makes of real events, and the ways to save it and back. */
export function TemplateEditor({ route, endpoint, live, onPick }: TemplateEditorProps) {
  const scope = scopeOf(route, endpoint);
  const place = toPlace(route, scope);
  const where = describeScope(scope, endpoint);
  const code = useRef<CodeHandle>(null);
  const template = useTemplate(place, (text) => code.current?.write(text));
  const { saved, text, dirty } = template;
  const [settled, settle] = useSettled(text, REST);
  const { findings, ...looked } = useFindings(place, saved && settled);
  const { events, ...came } = useTemplateEvents(route, live);
  const event = route.event ?? events?.[0]?.id;
  // The first event brings the paths.
  const words = useResource(JSON.stringify(['words', place, event !== undefined]), (signal) =>
    request<TemplateWords>('/templates/completion', { query: place, signal }),
  );
  const known = useLast(words.content);
  const [asking, setAsking] = useState<Asking>();
  const [said, setSaid] = useState(dirty ? RESTORED : '');
  const [leaving, setLeaving] = useState<string>();
  const onLeave = useCallback(
    (to: string) => {
      const next = parseRoute(to);
      if (next.view === 'template' && next.endpoint === route.endpoint && next.type === route.type) return 'leave';
      setLeaving(to);
      return 'stay';
    },
    [route.endpoint, route.type],
  );
  useLeaveGuard(dirty && leaving === undefined, onLeave);

  if (!saved)
    return template.problem ? (
      <Failure message={template.problem} onRetry={template.reload} />
    ) : (
      <Skeleton rows={6} label="Loading the template" />
    );
  const { maySave } = saved;

  function change(next: string): void {
    setSaid('');
    template.edit(next);
  }

  function save(): void {
    const mistakes = findings.filter(({ level }) => level === 'mistake');
    const [first] = mistakes;
    if (!dirty) setSaid('There is nothing to save: the text is the one that counts.');
    else if (first && text === settled) {
      setSaid(`Not saved: correct the ${mistakes.length === 1 ? 'mistake' : 'mistakes'} first.`);
      code.current?.show(first);
    } else setAsking('save');
  }

  function takeOver(next: SavedTemplate, keep: 'text' | 'nothing'): void {
    template.settle(next, keep);
    setAsking(undefined);
    // What else it says was shown before it was saved.
    setSaid(next.message.split('\n')[0] ?? '');
    // Once the dialog has given the focus back, perhaps to a button that can no longer be pressed.
    setTimeout(() => code.current?.focus());
  }

  function choose(choice: 'mine' | 'theirs', theirs: TemplateText): void {
    template.settle(theirs, choice === 'mine' ? 'text' : 'nothing');
    setAsking(choice === 'mine' ? 'save' : undefined);
  }

  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || asking || leaving) return;
    if (event.key !== 's' && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 's') save();
    else {
      settle();
      setSaid('The preview shows the text as it is now.');
    }
  }

  return (
    <div class="template-editor" onKeyDownCapture={onKey}>
      <TemplateHead
        route={route}
        endpoint={endpoint}
        scope={scope}
        saved={saved}
        dirty={dirty}
        onHistory={() => setAsking('history')}
        onDiscard={() => {
          template.discard();
          setSaid('The editor shows the saved text again.');
        }}
        onSave={save}
      />
      <p class="template-said" role="status">
        {said}
      </p>
      <div class="template-columns">
        <TemplateWriting
          code={code}
          label={`Template for ${describeType(route.type)} of ${endpoint.name}`}
          text={text}
          words={known}
          findings={findings}
          problem={looked.problem ?? words.problem}
          onRetry={() => (looked.problem ? looked : words).reload()}
          onChange={change}
        />
        <section class="template-preview" aria-label="Preview">
          {came.problem && <Failure message={came.problem} onRetry={came.reload} />}
          {!events && !came.problem && <Skeleton rows={2} label="Loading events" />}
          {events && event === undefined && <NoEvent type={route.type} endpoint={endpoint.name} onPick={onPick} />}
          {events && event !== undefined && (
            <PreviewPane
              place={place}
              text={dirty ? settled : undefined}
              version={saved.version}
              events={events}
              event={event}
              onEvent={(id) => goTo({ ...route, event: id }, { replace: true })}
              onShow={(finding) => code.current?.show(finding)}
            />
          )}
        </section>
      </div>
      {known && <HelperList helpers={known.helpers} />}
      {asking === 'save' && (
        <SaveDialog
          place={place}
          source={text}
          version={template.version}
          where={where}
          maySave={maySave}
          doubts={findings.filter(({ level }) => level === 'doubt')}
          onSaved={(next) => takeOver(next, next.proposed ? 'text' : 'nothing')}
          onConflict={() => setAsking('conflict')}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'conflict' && (
        <ConflictDialog place={place} mine={text} onChoose={choose} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'history' && (
        <HistoryDialog
          place={place}
          where={where}
          maySave={maySave}
          onRestored={(next) => takeOver(next, dirty ? 'text' : 'nothing')}
          onPick={(picked) => {
            code.current?.write(picked);
            change(picked);
            setAsking(undefined);
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
      {leaving !== undefined && dirty && (
        <LeaveDialog
          onLeave={() => {
            location.hash = leaving;
          }}
          onDiscard={() => {
            template.discard();
            location.hash = leaving;
          }}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </div>
  );
}

const RESTORED = 'Your text that was not saved is back.';
