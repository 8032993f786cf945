import type { StoredEvent } from '../../event/event.ts';
import type { Message } from '../../message/message.ts';
import type { Endpoint } from '../../settings/endpoint.ts';
import type { Settings } from '../../settings/settings.ts';
import type { TemplateDraft } from '../../settings/template-draft.ts';
import type { TemplateOrigin } from '../../settings/template-origin.ts';
import type { TemplateKey, TemplateOverride } from '../../settings/template-override.ts';
import { type Caller, owns } from '../permission.ts';

/** A template's text, and where it comes from. */
export interface TemplateText {
  readonly origin: TemplateOrigin;
  /** What it says; where there is no template, something to begin with. */
  readonly source: string;
}

/** Where a message is made: for an endpoint's events of one type, on one of its routes or on any. */
export interface TemplatePlace {
  readonly provider: string;
  readonly type: string;
  readonly endpointId: string;
  readonly routeId?: string;
}

export const templateScopes = ['route', 'endpoint', 'everyone'] as const;
export type TemplateScopeName = (typeof templateScopes)[number];

/** Something in a template: a mistake for which it cannot be saved, or a doubt that only its writer can settle. */
export interface TemplateFinding {
  readonly level: 'mistake' | 'doubt';
  readonly message: string;
  /** Where it stands, counted from 1; `end` is the first place after it. */
  readonly line?: number;
  readonly column?: number;
  readonly end?: { readonly line: number; readonly column: number };
  /** What probably was meant in the place of all between the two. */
  readonly instead?: string;
}

/** What an event's message is, or would be. */
export interface MadeMessage {
  readonly message: Message;
  /** The same as a terminal would show it, a line for each part. */
  readonly lines: readonly string[];
  /** The template that made it, in words. */
  readonly template: string;
  /** Why the text that was to be tried made no message of this event. */
  readonly failure?: TemplateFinding;
}

export interface NamedValue {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'flag' | 'word';
  /** The words that it can be, where it is one of them. */
  readonly words: readonly string[];
}

/** A helper, as those who write templates need to know it. */
export interface HelperDescription {
  readonly name: string;
  readonly summary: string;
  readonly example: string;
  /** Whether it adds to the message and prints nothing. */
  readonly effect: boolean;
  readonly named: readonly NamedValue[];
  /** The words that each of its values can be, in their order; an empty list is whatever people like. */
  readonly words: readonly (readonly string[])[];
}

/** A path that events of a type have, as a template names it, and a value that stood there. */
export interface PayloadPath {
  readonly path: string;
  readonly kind: 'value' | 'object' | 'list';
  readonly example: string;
}

/** Events that a text is looked over with. */
export interface TemplateGround {
  readonly provider: string;
  readonly type: string;
  readonly events: readonly StoredEvent[];
}

/** What commands and the API ask of templates. It changes nothing. */
export interface TemplateDesk {
  /** The text that counts for events of a type in a scope, in the settings as they are or as given. */
  inForce(key: TemplateKey, settings?: Pick<Settings, 'templates'>): TemplateText;
  /** Names the texts that count at a place, in each scope: whoever saves says what they began with. */
  version(place: TemplatePlace): string;
  /** Whether what counts in a scope is still what it was when a version was named. */
  isFresh(
    version: string,
    place: TemplatePlace,
    scope: TemplateScopeName,
    settings?: Pick<Settings, 'templates'>,
  ): boolean;
  /** The text of a file, beneath all that was changed from chat. */
  inFile(provider: string, type: string): TemplateText;
  /** The types of a provider that have a template in a file. */
  types(provider: string): readonly string[];
  /** What was changed from chat: for everybody, and for some endpoints. */
  changed(endpointIds: readonly string[]): readonly TemplateOverride[];
  draft(id: string): TemplateDraft | undefined;
  /** Looks a text over. What `before` names, nobody is asked about. */
  inspect(source: string, ground: TemplateGround & { readonly before?: string }): readonly TemplateFinding[];
  /** The message of an event: as it is, or as a draft would make it. `masked` keeps from templates what is masked in a payload. */
  make(
    event: StoredEvent,
    look?: { readonly draft?: string; readonly routeId?: string; readonly masked?: boolean },
  ): MadeMessage;
  readonly helpers: readonly HelperDescription[];
  /** The names of partials that templates can use. */
  readonly partials: readonly string[];
  /** What a template knows besides the payload, such as `@type`. */
  readonly variables: readonly string[];
  paths(ground: TemplateGround): readonly PayloadPath[];
}

/** The template that a place has in a scope. */
export function toKey({ provider, type, endpointId, routeId }: TemplatePlace, scope: TemplateScopeName): TemplateKey {
  if (scope === 'everyone') return { provider, type };
  return { provider, type, endpointId, ...(scope === 'route' && routeId !== undefined && { routeId }) };
}

/** Whether a caller may save a template in a scope, or only propose it. What counts for everybody is nobody's own. */
export function maySaveTemplate(caller: Caller, scope: TemplateScopeName, endpoint: Endpoint): boolean {
  return scope === 'everyone' ? caller.role === 'admin' : owns(caller, endpoint);
}
