import { request } from '../api/request.ts';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { CodeBlock } from '../kit/text/code-block.tsx';
import { useResource } from '../kit/use-resource.ts';

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly summary?: string }>>>>;
}

/** Every route of the API, read off its own description. */
export function ApiPage() {
  const { content, problem, reload } = useResource('openapi', (signal) =>
    request<Description>('/openapi.json', { signal }),
  );
  return (
    <>
      <p>
        Everything the page can do, for programs. The key is the admin token in <code>data/admin-token</code>, or{' '}
        <code>ADMIN_TOKEN</code>:
      </p>
      <CodeBlock>{EXAMPLE}</CodeBlock>
      <p>
        The whole description, in OpenAPI 3.1: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={8} label="Loading the API" />}
      {content && (
        <dl class="help-list">
          {Object.entries(content.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, { summary }]) => (
              <div key={`${method} ${path}`}>
                <dt>
                  <code>
                    {method.toUpperCase()} {path}
                  </code>
                </dt>
                <dd>{summary}</dd>
              </div>
            )),
          )}
        </dl>
      )}
    </>
  );
}

const EXAMPLE = `curl -H "Authorization: Bearer $(cat data/admin-token)" \\
  -H "content-type: application/json" \\
  -d '{"text": "/webhook list", "channel": "ops"}' \\
  ${location.origin}/api/v1/commands`;
