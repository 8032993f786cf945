import { Words } from '../kit/words.tsx';
import { variables } from './pages.ts';

/** Every variable, as `.env.example` explains it. */
export function EnvironmentPage() {
  return (
    <>
      <p>
        Everything is optional. Copy <code>.env.example</code> to <code>.env</code>; what the environment itself sets
        counts first.
      </p>
      <dl class="help-list">
        {variables.map(({ name, preset, about }) => (
          <div key={name}>
            <dt>
              <code>
                {name}
                {preset && `=${preset}`}
              </code>
            </dt>
            <dd>
              <Words text={about} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
