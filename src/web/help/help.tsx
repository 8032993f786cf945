import './help.css';
import { toHash } from '../route.ts';
import { ApiPage } from './api-page.tsx';
import { CommandsPage } from './commands-page.tsx';
import { EnvironmentPage } from './environment-page.tsx';
import { pages } from './pages.ts';

/** The manual: a list of its pages, and one of them. */
export function Help({ page = 'start' }: { readonly page: string | undefined }) {
  const shown = pages.find(({ name }) => name === page);
  return (
    <div class="page help">
      <nav class="help-pages" aria-label="Pages of the help">
        <ul>
          {pages.map(({ name, title }) => (
            <li key={name}>
              <a href={toHash({ view: 'help', page: name })} aria-current={name === page ? 'page' : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article class="help-text" aria-labelledby="help-title">
        <h1 id="help-title">{shown?.title ?? 'There is no such page'}</h1>
        {shown?.html !== undefined && <div dangerouslySetInnerHTML={{ __html: shown.html }} />}
        {shown?.name === 'commands' && <CommandsPage />}
        {shown?.name === 'environment' && <EnvironmentPage />}
        {shown?.name === 'api' && <ApiPage />}
      </article>
    </div>
  );
}
