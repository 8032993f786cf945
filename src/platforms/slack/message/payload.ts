/** The parts of Slack's Block Kit that messages are made of. https://docs.slack.dev/reference/block-kit */
export type SlackBlock =
  | RichTextBlock
  | { readonly type: 'section'; readonly fields: readonly MrkdwnText[] }
  | { readonly type: 'section'; readonly text: MrkdwnText; readonly accessory?: OverflowMenu }
  | { readonly type: 'context'; readonly elements: readonly (PlainText | MrkdwnText | SlackImage)[] }
  | {
      readonly type: 'table';
      readonly rows: readonly (readonly RichTextBlock[])[];
      readonly column_settings: readonly ColumnSettings[];
    }
  | SlackImage
  | { readonly type: 'actions'; readonly block_id?: string; readonly elements: readonly ActionElement[] }
  | { readonly type: 'divider' };

export interface RichTextBlock {
  readonly type: 'rich_text';
  readonly elements: readonly RichTextPart[];
}

export type RichTextPart =
  | RichTextSection
  | {
      readonly type: 'rich_text_list';
      readonly style: 'bullet' | 'ordered';
      readonly indent: number;
      readonly offset?: number;
      readonly elements: readonly RichTextSection[];
    }
  | { readonly type: 'rich_text_quote'; readonly elements: readonly RichTextElement[] }
  | { readonly type: 'rich_text_preformatted'; readonly elements: readonly RichTextElement[] };

export interface RichTextSection {
  readonly type: 'rich_text_section';
  readonly elements: readonly RichTextElement[];
}

export type RichTextElement =
  | { readonly type: 'text'; readonly text: string; readonly style?: TextStyle }
  | { readonly type: 'link'; readonly url: string; readonly text?: string; readonly style?: TextStyle }
  | { readonly type: 'user'; readonly user_id: string }
  | { readonly type: 'usergroup'; readonly usergroup_id: string }
  | { readonly type: 'date'; readonly timestamp: number; readonly format: string; readonly fallback: string };

export interface TextStyle {
  readonly bold?: true;
  readonly italic?: true;
  readonly strike?: true;
  readonly code?: true;
}

export interface ColumnSettings {
  readonly align: 'left' | 'center' | 'right';
  readonly is_wrapped: boolean;
}

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  /** False keeps `:names:` of emoji as they are. */
  readonly emoji: false;
}

export interface MrkdwnText {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** True keeps bare addresses and names from becoming links. */
  readonly verbatim: true;
}

export interface SlackImage {
  readonly type: 'image';
  readonly image_url: string;
  readonly alt_text: string;
}

export type ActionElement =
  | {
      readonly type: 'button';
      readonly action_id: string;
      readonly text: PlainText;
      readonly url?: string;
      readonly value?: string;
      readonly style?: 'primary' | 'danger';
      readonly confirm?: SlackConfirm;
    }
  | OverflowMenu;

export interface OverflowMenu {
  readonly type: 'overflow';
  readonly action_id: string;
  readonly options: readonly OverflowOption[];
}

export interface OverflowOption {
  readonly text: PlainText;
  readonly value: string;
  readonly url?: string;
}

export interface SlackConfirm {
  readonly title: PlainText;
  readonly text: PlainText;
  readonly confirm: PlainText;
  readonly deny: PlainText;
  readonly style?: 'danger';
}

/** What `chat.postMessage` and `chat.update` take. An update keeps attachments that it does not name, so they are always named. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly attachments: readonly {
    readonly color: string;
    readonly fallback: string;
    readonly blocks: readonly SlackBlock[];
  }[];
  readonly unfurl_links: false;
  readonly unfurl_media: false;
}

export function plainTextObject(text: string): PlainText {
  return { type: 'plain_text', text, emoji: false };
}

export function mrkdwnObject(text: string): MrkdwnText {
  return { type: 'mrkdwn', text, verbatim: true };
}
