import '@skyra/discord-components-core/discord-messages.js';
import '@skyra/discord-components-core/discord-message.js';
import '@skyra/discord-components-core/discord-author-info.js';
import '@skyra/discord-components-core/discord-verified-author-tag.js';
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-embed-description.js';
import '@skyra/discord-components-core/discord-embed-field.js';
import '@skyra/discord-components-core/discord-embed-fields.js';
import '@skyra/discord-components-core/discord-embed-footer.js';
import '@skyra/discord-components-core/discord-attachments.js';
import '@skyra/discord-components-core/discord-action-row.js';
import '@skyra/discord-components-core/discord-button.js';
import '@skyra/discord-components-core/discord-quote.js';
import '@skyra/discord-components-core/discord-mention.js';
import '@skyra/discord-components-core/discord-spoiler.js';
import './discord.css';
import './legible.ts';
import { useDark } from '../../styles/theme.ts';
import type { DrawingProps } from '../drawing-props.ts';
import { listOf, objectOf, textOf } from '../read.ts';
import { DiscordComponents } from './discord-components.tsx';
import { DiscordEmbed } from './discord-embed.tsx';
import { DiscordMarkdown } from './markdown.tsx';

/** A message as Discord draws it, from the payload that Discord would be sent, and what goes on with it below. */
export default function DiscordDrawing({
  payload,
  continued = [],
  author,
  at,
  edited,
  ephemeral = false,
  continues = false,
  actions,
  onAction,
}: DrawingProps) {
  const light = !useDark();
  return (
    // Drawn anew where the colour scheme changes: the messages within would keep the colours of the one before.
    <discord-messages key={String(light)} class="discord" light-theme={light} no-background={true}>
      {[payload, ...continued].map(objectOf).map(({ content, embeds, components }, index) => (
        <discord-message
          key={index}
          author={author}
          avatar="/bell.svg"
          bot={true}
          message-body-only={continues || index > 0}
          edited={edited}
          timestamp={new Date(at).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
          data-ephemeral={ephemeral}
        >
          <DiscordMarkdown text={textOf(content)} />
          {listOf(embeds).map((embed, index) => (
            <DiscordEmbed key={index} embed={embed} />
          ))}
          <DiscordComponents components={components} actions={actions} onAction={onAction} />
        </discord-message>
      ))}
    </discord-messages>
  );
}
