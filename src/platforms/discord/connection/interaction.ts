/** What Discord tells of somebody typing, clicking or filling in. https://discord.com/developers/docs/interactions/receiving-and-responding */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** 1 ping, 2 command, 3 button or menu, 4 completion, 5 modal. */
  readonly type: number;
  readonly channel?: { readonly id: string; readonly name?: string | null };
  readonly member?: {
    readonly permissions: string;
    readonly nick?: string | null;
    readonly roles?: readonly string[];
    readonly user: InteractionUser;
  };
  readonly user?: InteractionUser;
  readonly data?: InteractionData;
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
  readonly values?: readonly string[];
  readonly components?: readonly FilledRow[];
  readonly target_id?: string;
  readonly resolved?: { readonly messages?: Readonly<Record<string, TargetMessage>> };
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

export interface TargetMessage {
  readonly author?: { readonly id: string };
  readonly content?: string;
  readonly embeds?: readonly { readonly title?: string; readonly description?: string }[];
  readonly components?: readonly {
    readonly components?: readonly {
      readonly custom_id?: string;
      readonly options?: readonly { readonly value: string }[];
    }[];
  }[];
}
