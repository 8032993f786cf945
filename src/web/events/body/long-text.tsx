import { useState } from 'preact/hooks';

/** How much more is shown each time. */
const MORE = 10;

/** A text of which the beginning is shown, and more where somebody asks for it: a browser takes very long to lay out megabytes. */
export function LongText({ text, first }: { readonly text: string; readonly first: number }) {
  const [shown, setShown] = useState(first);
  const left = text.length - shown;
  if (left <= 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, shown).toWellFormed()}…{' '}
      <button type="button" class="link" onClick={() => setShown(shown * MORE)}>
        {new Intl.NumberFormat().format(left)} more characters
      </button>
    </>
  );
}
