import { useMemo, useRef } from 'preact/hooks';
import type { GallerySample } from '../api/shapes.ts';
import { type Look, MessageDrawing } from '../draw/drawing.tsx';
import { LOOKS } from '../draw/look-switch.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { Words } from '../kit/words.tsx';
import { PhoneNotice } from './phone-notice.tsx';
import { useSeen } from './use-seen.ts';

/** One sample in every look. It is drawn when it comes into view: there are hundreds. */
export function SampleCard({ sample }: { readonly sample: GallerySample }) {
  const card = useRef<HTMLElement>(null);
  const seen = useSeen(card);
  const id = `sample-${sample.provider}-${sample.sample}`;
  return (
    <article class="card sample" ref={card} aria-labelledby={id} data-sample={`${sample.provider}/${sample.sample}`}>
      <header class="card-head">
        <h3 id={id}>{sample.sample}</h3>
        <code class="hint">{sample.template}</code>
      </header>
      {sample.problems.map(({ template, message }) => (
        <p key={template} class="post-error">
          <code>{template}</code>: <Words text={message} />
        </p>
      ))}
      <div class="looks">
        <figure class="look" data-look="phone">
          <figcaption>Phone</figcaption>
          <PhoneNotice text={sample.text} />
        </figure>
        {seen && LOOKS.map(({ look, title }) => <Drawn key={look} look={look} title={title} sample={sample} />)}
      </div>
    </article>
  );
}

interface DrawnProps {
  readonly look: Look;
  readonly title: string;
  readonly sample: GallerySample;
}

function Drawn({ look, title, sample }: DrawnProps) {
  const at = useMemo(() => new Date().toISOString(), []);
  return (
    <figure class="look" data-look={look}>
      <figcaption>{title}</figcaption>
      <Boundary fallback={<p class="plain-line">{sample.text}</p>}>
        <MessageDrawing look={look} drawable={sample} at={at} edited={false} onAction={undefined} />
      </Boundary>
    </figure>
  );
}
