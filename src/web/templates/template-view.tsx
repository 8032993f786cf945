import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import './templates.css';
import type { TemplateFinding } from '../../core/command/template-desk.ts';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { Endpoint, EventSummary } from '../api/shapes.ts';
import type { SavedTemplate, TemplateText, TemplateWords } from '../api/template-shapes.ts';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { useLeaveGuard } from '../kit/leave-guard.ts';
import { Skeleton } from '../kit/skeleton.tsx';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';
import { useSettled } from '../kit/use-settled.ts';
import { parseRoute, type TemplateRoute, toHash } from '../route.ts';
import { goTo } from '../use-route.ts';
import { CodeEditor, type CodeHandle } from './code/code-editor.tsx';
import { helperAt } from './code/complete.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { HistoryDialog } from './history-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { OriginLine } from './origin-line.tsx';
import { describeScope, describeType, type Place, scopeOf, scopesOf, toAddress, toPlace } from './place.ts';
import { PreviewPane } from './preview-pane.tsx';
import { ProblemList } from './problem-list.tsx';
import { SaveDialog } from './save-dialog.tsx';
import { useTemplate } from './use-template.ts';

/** Milliseconds of rest before a text is looked over and previewed. */
const REST = 300;
const EVENTS = '20';

export interface TemplateViewProps {
  readonly route: TemplateRoute;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** One template: its text in an editor, and what it makes of real events. */
export default function TemplateView({ route, ...props }: TemplateViewProps) {
  const { content, problem, reload } = useResource('endpoints', (signal) =>
    request<{ readonly endpoints: readonly Endpoint[] }>('/endpoints', { signal }),
  );
  const endpoint = content?.endpoints.find(({ id, name }) => name === route.endpoint || id === route.endpoint);
  return (
    <section class="template-page" aria-labelledby="template-title">
      <p class="back">
        <a href={toHash({ view: 'templates', endpoint: undefined })}>← All templates</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the template" />}
      {content && !endpoint && (
        <Empty title={`There is no endpoint ${route.endpoint}`} alone>
          <p>It may have been renamed or deleted. All templates lists those that there are.</p>
        </Empty>
      )}
      {endpoint && <Editor route={route} endpoint={endpoint} {...props} />}
    </section>
  );
}

type Asking = 'save' | 'conflict' | 'history';

interface EditorProps extends TemplateViewProps {
  readonly endpoint: Endpoint;
}

function Editor({ route, endpoint, live, onPick }: EditorProps) {
  const scope = scopeOf(route, endpoint);
  const place = toPlace(route, scope);
  const where = describeScope(scope, endpoint);
  const template = useTemplate(place);
  const { saved, text, version, dirty } = template;
  const [settled, settle] = useSettled(text, REST);
  const findings = useFindings(place, settled, saved !== undefined);
  const { events, event } = useEvents(route, live);
  // The first event brings the paths.
  const { content: words } = useResource(JSON.stringify(['words', place, event !== undefined]), (signal) =>
    request<TemplateWords>('/templates/completion', { query: place, signal }),
  );
  const [asking, setAsking] = useState<Asking>();
  const [said, setSaid] = useState('');
  const [cursor, setCursor] = useState(0);
  const code = useRef<CodeHandle>(null);
  const keys = useId();
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
  const helper = useMemo(() => words && helperAt(text, cursor, words), [words, text, cursor]);

  if (!saved)
    return template.problem ? (
      <Failure message={template.problem} onRetry={template.reload} />
    ) : (
      <Skeleton rows={6} label="Loading the template" />
    );
  const { maySave } = saved;
  const mistakes = findings.filter(({ level }) => level === 'mistake');

  function save(): void {
    const [first] = mistakes;
    if (!dirty) setSaid('There is nothing to save: the text is the one that counts.');
    else if (first && text === settled) {
      setSaid(
        mistakes.length === 1 ? 'Not saved: correct the mistake first.' : 'Not saved: correct the mistakes first.',
      );
      code.current?.show(first);
    } else setAsking('save');
  }

  function onSaved(next: SavedTemplate): void {
    template.settle(next, next.proposed ? 'text' : 'nothing');
    setAsking(undefined);
    setSaid(next.message);
  }

  function onRestored(next: SavedTemplate): void {
    template.settle(next, dirty ? 'text' : 'nothing');
    setAsking(undefined);
    setSaid(next.message);
  }

  function onChoose(choice: 'mine' | 'theirs', theirs: TemplateText): void {
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
      <header class="template-head">
        <div>
          <h1 id="template-title">
            {describeType(route.type)} <span class="of-endpoint">of {endpoint.name}</span>
          </h1>
          <p class="hint">
            <OriginLine origin={saved.origin} />
          </p>
        </div>
        <div class="template-tools">
          <label>
            <span class="hint">Counts for</span>
            <select
              value={scope}
              onChange={({ currentTarget }) =>
                goTo({ ...route, scope: toAddress(currentTarget.value) }, { replace: true })
              }
            >
              {scopesOf(endpoint).map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => setAsking('history')}>
            History
          </button>
          {dirty && (
            <button
              type="button"
              onClick={() => {
                template.discard();
                setSaid('The editor shows the text that counts again.');
              }}
            >
              Discard
            </button>
          )}
          <button type="button" class="primary" onClick={save} aria-keyshortcuts="Control+S" disabled={!dirty}>
            {maySave ? 'Save…' : 'Propose…'}
          </button>
        </div>
      </header>
      <p class="template-said" role="status">
        {said}
      </p>
      <div class="template-columns">
        <div class="template-writing">
          <CodeEditor
            handle={code}
            text={text}
            words={words}
            findings={findings}
            label={`Template for ${describeType(route.type)} of ${endpoint.name}`}
            describedBy={keys}
            onChange={(next) => {
              if (next === text) return;
              setSaid('');
              template.edit(next);
            }}
            onCursor={setCursor}
          />
          <p class="helper-line">
            {helper ? (
              <>
                <code>{helper.name}</code> {helper.summary} <code class="hint">{helper.example}</code>
              </>
            ) : (
              <span class="hint">
                Markdown, with <code>{'{{paths}}'}</code> of the payload and <code>{'{{helpers}}'}</code>
              </span>
            )}
          </p>
          <p class="unseen" role="status">
            {countOf(findings)}
          </p>
          <ProblemList
            findings={findings}
            onShow={(finding) => code.current?.show(finding)}
            onFix={(finding) => code.current?.fix(finding)}
          />
          <p class="keys hint" id={keys}>
            <kbd>Ctrl</kbd>+<kbd>Space</kbd> completes · <kbd>F8</kbd> next problem · <kbd>Ctrl</kbd>+<kbd>Enter</kbd>{' '}
            previews · <kbd>Ctrl</kbd>+<kbd>S</kbd> saves · <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor
          </p>
        </div>
        {event ? (
          <PreviewPane
            place={place}
            text={dirty ? settled : undefined}
            events={events}
            event={event}
            onEvent={(id) => goTo({ ...route, event: id }, { replace: true })}
            onShow={(finding) => code.current?.show(finding)}
          />
        ) : (
          <NoEvent type={route.type} endpoint={endpoint} onPick={onPick} />
        )}
      </div>
      {asking === 'save' && (
        <SaveDialog
          place={place}
          source={text}
          version={version}
          where={where}
          maySave={maySave}
          doubts={findings.filter(({ level }) => level === 'doubt')}
          onSaved={onSaved}
          onConflict={() => setAsking('conflict')}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'conflict' && (
        <ConflictDialog place={place} mine={text} onChoose={onChoose} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'history' && (
        <HistoryDialog
          place={place}
          where={where}
          maySave={maySave}
          onRestored={onRestored}
          onPick={(picked) => {
            template.edit(picked);
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

function NoEvent({
  type,
  endpoint: { name },
  onPick,
}: {
  readonly type: string;
  readonly endpoint: Endpoint;
  readonly onPick: (text: string) => void;
}) {
  return (
    <section class="template-preview" aria-label="Preview">
      <Empty title={type === '*' ? 'No event has come yet' : 'No event of this type has come yet'}>
        <p>The next one is shown here as soon as it comes. A test sends a sample through the whole way:</p>
        <p class="examples">
          <Example text={`/webhook test ${name}${type === '*' ? '' : ` ${type}`}`} onPick={onPick} />
        </p>
      </Empty>
    </section>
  );
}

/** What is wrong with a text; what was found last stays in sight until more is known. */
function useFindings(place: Place, text: string, ready: boolean): readonly TemplateFinding[] {
  const { content } = useResource(JSON.stringify([place, text, ready]), async (signal) => {
    if (!ready) return undefined;
    const body = { ...place, source: text };
    return (await request<{ readonly problems: readonly TemplateFinding[] }>('/templates/check', { body, signal }))
      .problems;
  });
  return useLast(content) ?? NONE;
}

const NONE: readonly TemplateFinding[] = [];

/** The latest events that the template makes messages of, and the one that is shown. */
function useEvents({ endpoint, type, event: wanted }: TemplateRoute, live: Live) {
  const { content, reload } = useResource(`events ${endpoint} ${type}`, async (signal) => {
    const query = { endpoint, limit: EVENTS, ...(type !== '*' && { type }) };
    return (await request<{ readonly events: readonly EventSummary[] }>('/events', { query, signal })).events;
  });
  useEffect(
    () =>
      live.listen({
        event: ({ event }) => event.endpoint === endpoint && (type === '*' || event.type === type) && reload(),
        restored: reload,
      }),
    [live, endpoint, type],
  );
  const events = content ?? [];
  return { events, event: events.find(({ id }) => id === wanted)?.id ?? events[0]?.id };
}

function countOf(findings: readonly TemplateFinding[]): string {
  if (findings.length === 0) return 'No problems';
  return findings.length === 1 ? '1 problem' : `${findings.length} problems`;
}
