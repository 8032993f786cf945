import { useRef } from 'preact/hooks';
import { loadEndpoints } from '../api/load-endpoints.ts';
import { request } from '../api/request.ts';
import type { Endpoint } from '../api/shapes.ts';
import type { ListedTemplate } from '../api/template-shapes.ts';
import { useSeen } from '../gallery/use-seen.ts';
import { Empty, Example } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { Moment } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { toHash } from '../route.ts';
import { OriginLine } from './origin-line.tsx';
import { describeType } from './place.ts';

export interface TemplateListProps {
  /** Its name or id; all when absent. */
  readonly endpoint: string | undefined;
  readonly onPick: (text: string) => void;
}

/** What makes the messages of each endpoint, by type of event. */
export default function TemplateList({ endpoint: wanted, onPick }: TemplateListProps) {
  const { content, problem, reload } = useResource('endpoints', loadEndpoints);
  const shown = content?.filter(({ id, name }) => !wanted || name === wanted || id === wanted);
  return (
    <section class="page" aria-labelledby="templates-title">
      {wanted && (
        <p class="back">
          <a href={toHash({ view: 'templates', endpoint: undefined })}>← Templates of all endpoints</a>
        </p>
      )}
      <header class="page-head">
        <h1 id="templates-title">Templates{wanted && ` of ${shown?.[0]?.name ?? wanted}`}</h1>
      </header>
      <p class="hint">
        A template makes the message of one type of event. Open one to read it, change it and see what it makes of real
        events.
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading endpoints" />}
      {content && shown?.length === 0 && <Nothing wanted={wanted} onPick={onPick} />}
      {shown?.map((endpoint) => (
        <EndpointTemplates key={endpoint.id} endpoint={endpoint} />
      ))}
    </section>
  );
}

function Nothing({ wanted, onPick }: { readonly wanted: string | undefined; readonly onPick: (text: string) => void }) {
  if (wanted)
    return (
      <Empty title={`There is no endpoint ${wanted}`}>
        <p>
          See the <a href={toHash({ view: 'templates', endpoint: undefined })}>templates of all endpoints</a>.
        </p>
      </Empty>
    );
  return (
    <Empty title="There is no endpoint yet">
      <p>Make one, and the templates for its events are listed here.</p>
      <p class="examples">
        <Example text="/webhook new github" onPick={onPick} />
      </p>
    </Empty>
  );
}

/** Loaded when it comes into view: there may be hundreds. */
function EndpointTemplates({ endpoint }: { readonly endpoint: Endpoint }) {
  const section = useRef<HTMLElement>(null);
  const seen = useSeen(section);
  return (
    <section class="endpoint-templates" ref={section} aria-labelledby={`templates-${endpoint.id}`}>
      <h2 id={`templates-${endpoint.id}`}>
        {endpoint.name} <span class="hint">{endpoint.providerTitle ?? endpoint.provider}</span>
      </h2>
      {seen && <Types endpoint={endpoint} />}
    </section>
  );
}

function Types({ endpoint: { id, name } }: { readonly endpoint: Endpoint }) {
  const { content, problem, reload } = useResource(`templates ${id}`, (signal) =>
    request<{ readonly templates: readonly ListedTemplate[] }>('/templates', { query: { endpoint: id }, signal }),
  );
  if (problem) return <Failure message={problem} onRetry={reload} />;
  if (!content) return <Skeleton rows={3} label={`Loading the templates of ${name}`} />;
  const near = content.templates.filter(({ lastEventAt, origin }) => lastEventAt || origin.kind === 'changed');
  const rest = content.templates.filter((each) => !near.includes(each));
  const any = content.templates.some(({ type }) => type === '*');
  return (
    <>
      {near.length > 0 ? (
        <Rows endpoint={name} label={`Types of ${name}`} templates={near} />
      ) : (
        <p class="hint">No event has come to it lately.</p>
      )}
      {rest.length > 0 && (
        <details class="more-types">
          <summary>
            {rest.length === 1 ? '1 more type with a template' : `${rest.length} more types with templates`}, but
            without recent events
          </summary>
          <Rows endpoint={name} label={`Further types of ${name}`} templates={rest} />
        </details>
      )}
      {!any && (
        <p class="hint">
          <a href={toHash({ view: 'template', endpoint: name, type: '*', scope: undefined, event: undefined })}>
            Write one for every type
          </a>{' '}
          that has no template of its own.
        </p>
      )}
    </>
  );
}

interface RowsProps {
  readonly endpoint: string;
  readonly label: string;
  readonly templates: readonly ListedTemplate[];
}

function Rows({ endpoint, label, templates }: RowsProps) {
  return (
    <ul class="rows" aria-label={label}>
      {templates.map(({ type, origin, lastEventAt }) => (
        <li key={type}>
          <a
            class="row template-row"
            href={toHash({ view: 'template', endpoint, type, scope: undefined, event: undefined })}
          >
            <span class="row-title">{describeType(type)}</span>
            <span class="row-detail">
              <OriginLine origin={origin} />
            </span>
            <span class="row-time">
              {lastEventAt ? (
                <>
                  last event <Moment iso={lastEventAt} />
                </>
              ) : (
                ''
              )}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
