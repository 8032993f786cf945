import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Block, Message } from 'slack-blocks-to-jsx';
import 'slack-blocks-to-jsx/dist/style.css';
import './slack.css';
import { OutsideLink } from '../../kit/outside-link.tsx';
import { safeUrl } from '../../kit/safe-url.ts';
import { timeOfDay } from '../../kit/time.tsx';
import type { DrawingProps } from '../drawing-props.ts';
import type { Loose } from '../read.ts';
import { type SlackPart, toSegments } from './clean-blocks.ts';
import { linkedAddresses } from './linked-addresses.ts';
import { SlackButtons } from './slack-buttons.tsx';

/** A message as Slack draws it, from the payload that Slack would be sent. */
export default function SlackDrawing({
  payload,
  author,
  at,
  edited,
  continues = false,
  actions,
  onAction,
}: DrawingProps) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => disarmLinks(root.current, linkedAddresses(payload)));

  return (
    <div class="slack" ref={root}>
      {continues ? (
        <div class="slack-avatar slack-beneath" />
      ) : (
        <img class="slack-avatar" src="/bell.svg" alt="" width="36" height="36" />
      )}
      <div class="slack-content">
        {!continues && (
          <p class="slack-author">
            <strong>{author}</strong> <span class="slack-badge">APP</span> <time dateTime={at}>{timeOfDay(at)}</time>
          </p>
        )}
        {toSegments(payload).map(({ color, parts }, index) => (
          <div key={index} class={color ? 'slack-attachment' : 'slack-body'} style={color ? { '--bar': color } : {}}>
            {parts.map(drawPart)}
          </div>
        ))}
        {edited && <span class="slack-edited">(edited)</span>}
      </div>
    </div>
  );

  function drawPart(part: SlackPart, index: number) {
    if (part.kind === 'blocks') return <Message key={index} {...asMessage(part.blocks)} />;
    const buttons = <SlackButtons key={index} buttons={part.buttons} actions={actions} onAction={onAction} />;
    if (part.kind === 'buttons') return buttons;
    return (
      <div key={index} class="slack-beside">
        <Message {...asMessage(part.blocks)} />
        {buttons}
      </div>
    );
  }
}

/** What `toSegments` lets through are blocks the library knows. */
function asMessage(blocks: readonly Loose[]) {
  return { blocks: [...blocks] as unknown as Block[], name: '', logo: '', withoutWrapper: true, hooks: { link } };
}

function link({ href, children, className }: { href: string; children: preact.ComponentChildren; className: string }) {
  return <OutsideLink url={href} class={className} children={children} />;
}

/** The library makes links of addresses in plain text and code, where Slack makes none: a reader must not be led by them. */
function disarmLinks(root: HTMLElement | null, linked: ReadonlySet<string>): void {
  for (const anchor of root?.querySelectorAll('a') ?? []) {
    if (!safeUrl(anchor.getAttribute('href')) || !linked.has(anchor.href)) anchor.removeAttribute('href');
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
  }
}
