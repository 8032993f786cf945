import { acceptCompletion, autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import './code-editor.css';
import type { Ref } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'preact/hooks';
import type { TemplateFinding } from '../../../core/command/desks/template-desk.ts';
import type { TemplateWords } from '../../api/template-shapes.ts';
import { completeFrom } from './completion.ts';
import { handlebarsLanguage } from './handlebars-language.ts';
import { rangeOf, toDiagnostics } from './to-diagnostics.ts';

/** What others may do in the editor. */
export interface CodeHandle {
  /** Puts the cursor to where a finding stands. */
  readonly show: (finding: TemplateFinding) => void;
  /** Writes what probably was meant. */
  readonly fix: (finding: TemplateFinding) => void;
  /** Puts another text in the place of all, as one step that can be undone. It is not reported as a change. */
  readonly write: (text: string) => void;
  readonly focus: () => void;
}

export interface CodeEditorProps {
  /** What it begins with. From then on it alone knows every key that was pressed. */
  readonly text: string;
  readonly words: TemplateWords | undefined;
  readonly findings: readonly TemplateFinding[];
  readonly label: string;
  /** The id of what describes its keys. */
  readonly describedBy: string;
  readonly onChange: (text: string) => void;
  /** Called with the place of the cursor whenever it or the text changes. */
  readonly onCursor: (at: number) => void;
  readonly handle: Ref<CodeHandle>;
}

/** A text editor for templates: colours, completion, underlined problems. */
export function CodeEditor({ handle, ...props }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | undefined>(undefined);
  const writing = useRef(false);
  const latest = useRef(props);
  latest.current = props;

  useLayoutEffect(() => {
    const { text, label, describedBy } = latest.current;
    const made = new EditorView({
      ...(host.current && { parent: host.current }),
      doc: text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        history(),
        drawSelection(),
        highlightActiveLine(),
        bracketMatching(),
        handlebarsLanguage,
        syntaxHighlighting(classHighlighter),
        autocompletion({ override: [completeFrom(() => latest.current.words)], icons: false, maxRenderedOptions: 60 }),
        EditorView.lineWrapping,
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-describedby': describedBy,
          spellcheck: 'false',
          tabindex: '0',
        }),
        keymap.of([
          { key: 'Tab', run: acceptCompletion },
          { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic, preventDefault: true },
          ...completionKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          indentWithTab,
        ]),
        EditorView.updateListener.of(({ state, docChanged, selectionSet }) => {
          if (docChanged && !writing.current) latest.current.onChange(state.doc.toString());
          if (docChanged || selectionSet) latest.current.onCursor(state.selection.main.head);
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  const { findings } = props;
  useEffect(() => {
    const { current } = view;
    if (current) current.dispatch(setDiagnostics(current.state, toDiagnostics(findings, current.state.doc, fix)));
  }, [findings]);
  useImperativeHandle(handle, () => ({ show, fix, write, focus: () => view.current?.focus() }), []);

  return <div class="code-editor" ref={host} />;

  function write(text: string): void {
    const { current } = view;
    if (!current || current.state.doc.toString() === text) return;
    writing.current = true;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: text } });
    writing.current = false;
  }

  function show(finding: TemplateFinding): void {
    const { current } = view;
    if (!current) return;
    const { from } = rangeOf(finding, current.state.doc);
    current.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    current.focus();
  }

  function fix(finding: TemplateFinding): void {
    const { current } = view;
    if (!current || finding.instead === undefined) return;
    const { from, to } = rangeOf(finding, current.state.doc);
    current.dispatch({
      changes: { from, to, insert: finding.instead },
      selection: { anchor: from + finding.instead.length },
      userEvent: 'input.complete',
    });
    current.focus();
  }
}
