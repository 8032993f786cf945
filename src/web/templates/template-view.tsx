import './templates.css';
import type { Live } from '../api/live.ts';
import { loadEndpoints } from '../api/load-endpoints.ts';
import { Empty } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { useResource } from '../kit/use-resource.ts';
import { type TemplateRoute, toHash } from '../route.ts';
import { TemplateEditor } from './template-editor.tsx';

export interface TemplateViewProps {
  readonly route: TemplateRoute;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** One template: its text in an editor, and what it makes of real events. */
export default function TemplateView({ route, ...props }: TemplateViewProps) {
  const { content, problem, reload } = useResource('endpoints', loadEndpoints);
  const endpoint = content?.find(({ id, name }) => name === route.endpoint || id === route.endpoint);
  return (
    <section class="template-page" aria-labelledby="template-title">
      <p class="back">
        <a href={toHash({ view: 'templates', endpoint: undefined })}>← All templates</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the template" />}
      {content && !endpoint && (
        <Empty title={`There is no endpoint ${route.endpoint}`} alone>
          <p>It may have been renamed or deleted. “All templates” leads to those that there are.</p>
        </Empty>
      )}
      {endpoint && <TemplateEditor route={route} endpoint={endpoint} {...props} />}
    </section>
  );
}
