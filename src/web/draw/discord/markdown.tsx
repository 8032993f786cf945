import type { ComponentChild } from 'preact';
import { OutsideLink } from '../../kit/outside-link.tsx';
import { fromNow, fullTime } from '../../kit/time.tsx';
import { type DiscordInline, parseInline } from './parse-inline.ts';
import { type DiscordBlock, parseDiscordMarkdown } from './parse-markdown.ts';

/** Text as Discord shows it in a message and in an embed's description. */
export function DiscordMarkdown({ text }: { readonly text: string }) {
  return <>{parseDiscordMarkdown(text).map(drawBlock)}</>;
}

/** Text as Discord shows it where only one run fits: titles and names. */
export function DiscordInlineMarkdown({ text }: { readonly text: string }) {
  return <>{parseInline(text).map(drawInline)}</>;
}

function drawBlock(block: DiscordBlock, key: number): ComponentChild {
  switch (block.type) {
    case 'paragraph':
      return <div key={key} class="discord-paragraph" children={block.children.map(drawInline)} />;
    case 'heading':
      return (
        <div
          key={key}
          class={`discord-heading discord-heading-${block.level}`}
          children={block.children.map(drawInline)}
        />
      );
    case 'subtext':
      return <div key={key} class="discord-subtext" children={block.children.map(drawInline)} />;
    case 'quote':
      return <discord-quote key={key} children={block.children.map(drawBlock)} />;
    case 'code':
      return (
        <pre key={key} class="discord-fence">
          <code>{block.text}</code>
        </pre>
      );
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{item.map(drawBlock)}</li>);
      return block.ordered ? (
        <ol key={key} start={block.start}>
          {items}
        </ol>
      ) : (
        <ul key={key}>{items}</ul>
      );
    }
  }
}

function drawInline(node: DiscordInline, key: number): ComponentChild {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return <br key={key} />;
    case 'code':
      return (
        <code key={key} class="discord-code">
          {node.text}
        </code>
      );
    case 'strong':
      return <strong key={key}>{node.children.map(drawInline)}</strong>;
    case 'emphasis':
      return <em key={key}>{node.children.map(drawInline)}</em>;
    case 'underline':
      return <u key={key}>{node.children.map(drawInline)}</u>;
    case 'strike':
      return <s key={key}>{node.children.map(drawInline)}</s>;
    case 'spoiler':
      return <discord-spoiler key={key}>{node.children.map(drawInline)}</discord-spoiler>;
    case 'link':
      return (
        <OutsideLink key={key} url={node.url} class="discord-link">
          {node.children.map(drawInline)}
        </OutsideLink>
      );
    case 'mention':
      return (
        <discord-mention key={key} type={node.kind}>
          {node.text}
        </discord-mention>
      );
    case 'time':
      return <DiscordTime key={key} unix={node.unix} style={node.style} />;
  }
}

/** https://discord.com/developers/docs/reference#message-formatting-timestamp-styles */
const STYLES: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

function DiscordTime({ unix, style }: { readonly unix: number; readonly style: string }) {
  const moment = new Date(unix * 1000);
  if (Number.isNaN(moment.getTime())) return <>Invalid date</>;
  const text =
    style === 'R' ? fromNow(moment.getTime()) : new Intl.DateTimeFormat(undefined, STYLES[style]).format(moment);
  return (
    <time class="discord-time" dateTime={moment.toISOString()} title={fullTime(moment.toISOString())}>
      {text}
    </time>
  );
}
