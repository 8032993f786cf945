// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
export const EMBEDS = 10;
export const DESCRIPTION_LENGTH = 4096;
/** What all embeds of a message may hold together: Discord takes 6,000, and a mark needs some of them. */
export const EMBEDS_LENGTH = 5980;

/** The parts of a Discord message that messages are made of. https://discord.com/developers/docs/resources/message */
export interface DiscordMessage {
  /** The first line where a phone must show it, and the mentions, because only content pings; always named, because an edit keeps what it does not name. */
  readonly content: string;
  readonly embeds: readonly DiscordEmbed[];
  readonly components: readonly DiscordRow[];
  readonly allowed_mentions: DiscordPings;
}

export interface DiscordPings {
  readonly parse: readonly [];
  readonly users?: readonly string[];
  readonly roles?: readonly string[];
  readonly replied_user?: false;
}

/** The content of an embed, without its frame. */
export type EmbedBody = Pick<DiscordEmbed, 'description' | 'fields'>;

export interface DiscordEmbed {
  readonly color: number;
  readonly title?: string;
  readonly url?: string;
  readonly description?: string;
  readonly author?: { readonly name: string; readonly url?: string; readonly icon_url?: string };
  readonly fields?: readonly DiscordField[];
  readonly image?: { readonly url: string };
  readonly footer?: { readonly text: string };
  readonly timestamp?: string;
}

export interface DiscordField {
  readonly name: string;
  readonly value: string;
  readonly inline: boolean;
}

export interface DiscordRow {
  readonly type: 1;
  /** What the row is found by; Discord gives a small number to one that has none. */
  readonly id?: number;
  readonly components: readonly (DiscordButton | DiscordMenu)[];
}

/** Styles: 1 primary, 2 secondary, 4 danger, 5 link. */
export type DiscordButton =
  | { readonly type: 2; readonly style: 1 | 2 | 4; readonly label: string; readonly custom_id: string }
  | { readonly type: 2; readonly style: 5; readonly label: string; readonly url: string };

export interface DiscordMenu {
  readonly type: 3;
  readonly custom_id: string;
  readonly placeholder: string;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}
