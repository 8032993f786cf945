import { request } from '../api/request.ts';
import type { CommandDescription } from '../api/shapes.ts';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { CodeBlock } from '../kit/text/code-block.tsx';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';

interface Content {
  readonly commands: readonly CommandDescription[];
}

/** Every command with its options and examples, as the running Bellhop describes them. */
export function CommandsPage() {
  const { content, problem, reload } = useResource('commands', (signal) => request<Content>('/commands', { signal }));
  if (problem) return <Failure message={problem} onRetry={reload} />;
  if (!content) return <Skeleton rows={8} label="Loading the commands" />;
  return (
    <>
      {content.commands.map((command) => (
        <Command key={command.name} command={command} />
      ))}
    </>
  );
}

function Command({ command }: { readonly command: CommandDescription }) {
  const { name, summary, help, examples, options } = command;
  return (
    <section aria-labelledby={`command-${name}`}>
      <h2 id={`command-${name}`}>
        <code>/webhook {name}</code>
      </h2>
      <p>
        <Words text={summary} />
      </p>
      {help && (
        <p>
          <Words text={help} />
        </p>
      )}
      {examples.length > 0 && (
        <CodeBlock>{examples.map((example) => `/webhook ${example.replace(/^\/webhook /, '')}`).join('\n')}</CodeBlock>
      )}
      {options.length > 0 && (
        <dl class="help-list">
          {options.map((option) => (
            <div key={option.name}>
              <dt>
                <code>{option.name}</code>
              </dt>
              <dd>
                <Words text={option.description} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
