/** What Discord sends when somebody types, clicks or fills in a form. https://discord.com/developers/docs/interactions/receiving-and-responding */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 1 ping, 2 command, 3 button or menu, 4 completion, 5 modal. */
  readonly type: number;
  /** The server it comes from; nothing in direct messages. */
  readonly guild_id?: string;
  readonly channel?: { readonly id: string; readonly name?: string | null };
  readonly member?: {
    readonly permissions: string;
    readonly nick?: string | null;
    readonly roles?: readonly string[];
    readonly user: InteractionUser;
  };
  readonly user?: InteractionUser;
  readonly data?: InteractionData;
  /** The message whose button or menu was used, or from which the modal came. */
  readonly message?: SourceMessage;
}

export interface InteractionUser {
  readonly id: string;
  readonly username: string;
  readonly global_name?: string | null;
  readonly bot?: boolean;
}

export interface InteractionData {
  readonly name?: string;
  /** Of a command: 1 typed, 3 used on a message. */
  readonly type?: number;
  readonly options?: readonly InteractionOption[];
  readonly custom_id?: string;
  /** 2 a button, 3 a menu. */
  readonly component_type?: number;
  readonly values?: readonly string[];
  readonly components?: readonly FilledRow[];
  readonly target_id?: string;
  readonly resolved?: { readonly messages?: Readonly<Record<string, SourceMessage>> };
}

export interface InteractionOption {
  readonly name: string;
  /** 1 a subcommand, 2 a group of them, above a value. */
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly InteractionOption[];
}

export interface FilledField {
  readonly type: number;
  readonly custom_id: string;
  readonly value?: string;
  readonly values?: readonly string[];
}

/** A field under its label, or in a row of its own. */
export interface FilledRow {
  readonly component?: FilledField;
  readonly components?: readonly FilledField[];
}

export interface SourceMessage {
  readonly author?: { readonly id: string };
  readonly content?: string;
  readonly embeds?: readonly { readonly title?: string; readonly description?: string }[];
  readonly flags?: number;
  readonly components?: readonly SourceRow[];
}

export interface SourceRow {
  readonly id?: number;
  readonly components?: readonly SourcePart[];
}

export interface SourcePart {
  readonly type?: number;
  readonly custom_id?: string;
  readonly options?: readonly { readonly value: string }[];
}
