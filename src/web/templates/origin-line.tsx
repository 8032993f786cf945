import type { TemplateOrigin } from '../api/template-shapes.ts';
import { Moment } from '../kit/time.tsx';

const SCOPES = { route: 'for one channel', endpoint: 'for this endpoint', everyone: 'for everyone' } as const;

/** What makes the messages, and since when. */
export function OriginLine({ origin }: { readonly origin: TemplateOrigin }) {
  if (origin.kind === 'generic') return <>No template yet: messages follow the generic layout</>;
  if (origin.kind !== 'changed')
    return (
      <>
        <code>{origin.file}</code>, {origin.kind === 'own' ? 'a file of this installation' : 'which came with Bellhop'}
      </>
    );
  const { scope = 'everyone', type, by, at, revision } = origin;
  return (
    <>
      Changed {SCOPES[scope]}
      {type === '*' && ' by its template for every type'}
      {by && ` by ${by}`}
      {at && (
        <>
          , <Moment iso={at} />
        </>
      )}
      {revision && ` (revision ${revision})`}
    </>
  );
}
