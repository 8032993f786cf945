import type { Endpoint } from '../api/shapes.ts';
import type { TemplateText } from '../api/template-shapes.ts';
import type { TemplateRoute } from '../route.ts';
import { goTo } from '../use-route.ts';
import { OriginLine } from './origin-line.tsx';
import { describeType, scopesOf, toAddress } from './place.ts';

export interface TemplateHeadProps {
  readonly route: TemplateRoute;
  readonly endpoint: Endpoint;
  readonly scope: string;
  readonly saved: TemplateText;
  readonly dirty: boolean;
  readonly onHistory: () => void;
  readonly onDiscard: () => void;
  readonly onSave: () => void;
}

/** Which template it is, what counts, and what can be done with it. */
export function TemplateHead({ route, endpoint, scope, saved, dirty, ...on }: TemplateHeadProps) {
  return (
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
        <button type="button" onClick={on.onHistory}>
          History
        </button>
        {dirty && (
          <button type="button" onClick={on.onDiscard}>
            Discard
          </button>
        )}
        <button type="button" class="primary" onClick={on.onSave} aria-keyshortcuts="Control+S" disabled={!dirty}>
          {saved.maySave ? 'Save…' : 'Propose…'}
        </button>
      </div>
    </header>
  );
}
