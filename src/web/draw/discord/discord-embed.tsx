import { OutsideLink } from '../../kit/outside-link.tsx';
import { safeImage } from '../../kit/safe-url.ts';
import { fullTime } from '../../kit/time.tsx';
import { type Loose, listOf, objectOf, textOf } from '../read.ts';
import { DiscordInlineMarkdown, DiscordMarkdown } from './markdown.tsx';

/**
 * One embed. The library writes author, title and field names as bare text and fetches emoji for them from Discord, so
 * these three are drawn here.
 */
export function DiscordEmbed({ embed }: { readonly embed: Loose }) {
  const { color, url, timestamp } = embed;
  const [title, description] = [textOf(embed.title), textOf(embed.description)];
  const [author, footer, image, thumbnail] = [embed.author, embed.footer, embed.image, embed.thumbnail].map(objectOf);
  const fields = listOf(embed.fields);
  const columns = toColumns(fields);
  return (
    <discord-embed
      slot="embeds"
      color={typeof color === 'number' ? `#${(color & 0xffffff).toString(16).padStart(6, '0')}` : undefined}
      image={safeImage(image?.url)}
      thumbnail={safeImage(thumbnail?.url)}
    >
      {author?.name ? (
        <div slot="description" class="discord-author">
          {safeImage(author.icon_url) && <img src={safeImage(author.icon_url)} alt="" width="24" height="24" />}
          <OutsideLink url={author.url}>{textOf(author.name)}</OutsideLink>
        </div>
      ) : null}
      {title && (
        <div slot="description" class="discord-title">
          <OutsideLink url={url}>
            <DiscordInlineMarkdown text={title} />
          </OutsideLink>
        </div>
      )}
      {description && (
        <discord-embed-description slot="description">
          <DiscordMarkdown text={description} />
        </discord-embed-description>
      )}
      {fields.length > 0 && (
        <discord-embed-fields slot="fields">
          {fields.map((field, index) => (
            <discord-embed-field
              key={columns[index]?.key}
              inline={field.inline === true}
              inline-index={columns[index]?.column}
            >
              <div class="discord-field-name">
                <DiscordInlineMarkdown text={textOf(field.name)} />
              </div>
              <DiscordMarkdown text={textOf(field.value)} />
            </discord-embed-field>
          ))}
        </discord-embed-fields>
      )}
      {(footer?.text || timestamp) && (
        <discord-embed-footer slot="footer" timestamp={fullTime(textOf(timestamp)) || undefined}>
          {textOf(footer?.text)}
        </discord-embed-footer>
      )}
    </discord-embed>
  );
}

/** Inline fields stand three abreast; one that is not begins a new row. */
function toColumns(fields: readonly Loose[]): readonly { readonly key: number; readonly column: number | undefined }[] {
  let column = 0;
  return fields.map(({ inline }, key) => {
    column = inline === true ? (column % 3) + 1 : 0;
    return { key, column: column || undefined };
  });
}
