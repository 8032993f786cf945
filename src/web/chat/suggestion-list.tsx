import { useEffect, useRef } from 'preact/hooks';
import type { Suggestion } from './suggest.ts';

export interface SuggestionListProps {
  readonly suggestions: readonly Suggestion[];
  /** The one the arrow keys stand on; -1 for none. */
  readonly active: number;
  readonly onTake: (suggestion: Suggestion) => void;
}

/** What could come next, above the command line. The field keeps the focus; its arrow keys move here. */
export function SuggestionList({ suggestions, active, onTake }: SuggestionListProps) {
  const chosen = useRef<HTMLDivElement>(null);
  useEffect(() => chosen.current?.scrollIntoView({ block: 'nearest' }), [active]);

  return (
    <div class="suggestions" id="suggestions" role="listbox" aria-label="Suggestions">
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.insert}
          id={`suggestion-${index}`}
          ref={index === active ? chosen : null}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // A press, not a click: the field must not lose the focus first.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(suggestion);
          }}
        >
          <span class="suggestion-label">{suggestion.label}</span>
          <span class="suggestion-hint">{suggestion.hint}</span>
        </div>
      ))}
    </div>
  );
}
