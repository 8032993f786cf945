import type { HTMLAttributes } from 'preact';

type ElementAttributes = HTMLAttributes<HTMLElement> & { readonly [attribute: `${string}-${string}`]: unknown };

declare module 'preact' {
  namespace JSX {
    /** The elements of `@skyra/discord-components-core` that the drawer uses. */
    interface IntrinsicElements {
      'discord-messages': ElementAttributes;
      'discord-message': ElementAttributes & {
        readonly author?: string;
        readonly avatar?: string;
        readonly bot?: boolean;
        readonly edited?: boolean;
        readonly timestamp?: string;
      };
      'discord-embed': ElementAttributes & {
        readonly color?: string | undefined;
        readonly image?: string | undefined;
        readonly thumbnail?: string | undefined;
      };
      'discord-embed-description': ElementAttributes;
      'discord-embed-fields': ElementAttributes;
      'discord-embed-field': ElementAttributes & { readonly inline?: boolean };
      'discord-embed-footer': ElementAttributes & { readonly timestamp?: string | undefined };
      'discord-attachments': ElementAttributes;
      'discord-action-row': ElementAttributes;
      'discord-button': ElementAttributes & {
        readonly type?: string;
        readonly url?: string | undefined;
        readonly disabled?: boolean;
      };
      'discord-pre': ElementAttributes;
      'discord-quote': ElementAttributes;
      'discord-header': ElementAttributes & { readonly level?: number };
      'discord-mention': ElementAttributes & { readonly type?: string };
      'discord-spoiler': ElementAttributes;
      'discord-subscript': ElementAttributes;
    }
  }
}
