import type { About } from '../core/event/about.ts';
import type { Density, NotifyLevel } from '../core/message/density.ts';
import type { Message } from '../core/message/message.ts';
import type { Severity } from '../core/message/severity.ts';
import type { Incoming } from '../core/provider/provider.ts';
import type { Person } from '../core/settings/person.ts';
import { describeOrigin, type TemplateOrigin } from '../core/settings/template-origin.ts';
import { overridesFor, type TemplateOverride } from '../core/settings/template-override.ts';
import { oneLine } from '../core/text/clean-text.ts';
import { cutText } from '../core/text/cut-text.ts';
import type { MinorUnits } from '../core/text/money.ts';
import { type EventParts, type FramedMessage, toEventMessage } from './frame/to-event-message.ts';
import { genericLayout } from './generic/generic-layout.ts';
import { createDraft, type Draft } from './template/draft.ts';
import { type CompileTemplate, createEnvironment, type Template, type TemplateData } from './template/environment.ts';
import type { Helper } from './template/helper.ts';
import { type Inspection, type InspectOptions, inspectTemplate } from './template/lint/inspect-template.ts';
import { TemplateProblem } from './template/problem.ts';
import type { Templates } from './templates.ts';

export interface ComposeInput {
  readonly event: Incoming;
  readonly about: About;
  readonly providerName: string;
  /** What people call whoever sent it. */
  readonly providerTitle: string;
  readonly endpointName: string;
  readonly endpointId: string;
  /** The route it goes by, where one is known. */
  readonly routeId?: string | undefined;
  /** Whether the event was verified: without that, nobody is pinged. */
  readonly verified: boolean;
  readonly overrides: readonly TemplateOverride[];
  /** A text to be tried before all templates there are. */
  readonly draft?: string | undefined;
  readonly people: readonly Person[];
  /** Whether somebody of the people list may be pinged; nobody when left out. */
  readonly pings?: ((person: Person) => boolean) | undefined;
  /** How much of it its route shows; what fits in about six lines when left out. */
  readonly density?: Density | undefined;
  /** When its route wants a phone to show its first line; where it is important when left out. */
  readonly notify?: NotifyLevel | undefined;
  readonly minorUnits?: MinorUnits | undefined;
}

/** What the title of an event depends on. */
export type TitleInput = Pick<ComposeInput, 'event' | 'about' | 'providerName' | 'providerTitle' | 'endpointName'>;

/** What depends on who is named in an event's message. */
export type MentionsInput = TitleInput & Pick<ComposeInput, 'endpointId' | 'overrides' | 'people'>;

/** What is wrong with a template, for its owner. */
export interface ComposeProblem {
  readonly template: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Composed {
  readonly message: Message;
  /** What happened in one line, as this template says it. */
  readonly title: string;
  /** Whether the message says all there is to say. */
  readonly whole: boolean;
  /** The template that made it, in words: a file such as `templates/github/push.hbs`, or what was changed and where that counts. */
  readonly template: string;
  readonly origin: TemplateOrigin;
  readonly problems: readonly ComposeProblem[];
}

export interface Composer {
  /** Makes an event's message. Always succeeds: a template with a problem is passed over, and the problem reported. */
  compose(input: ComposeInput): Composed;
  /** What happened in one line, as the template in a file says it. Always something. */
  title(input: TitleInput): string;
  /** Whom an event's message names, as its template says them, and how severe it is. */
  mentions(input: MentionsInput): { readonly names: readonly string[]; readonly severity: Severity };
  /** Why a template cannot be compiled; nothing where it can. */
  problemOf(source: string): TemplateProblem | undefined;
  /** All that is wrong with a template, or probably not what was meant. */
  inspect(source: string, options: Omit<InspectOptions, 'helpers' | 'problemOf'>): Inspection;
}

export interface ComposerParts {
  readonly templates: Templates;
  readonly helpers: ReadonlyMap<string, Helper>;
}

/** What a template may know. */
type Said = Omit<ComposeInput, 'density' | 'notify' | 'overrides' | 'draft' | 'endpointId' | 'routeId'>;

interface Candidate {
  readonly origin: TemplateOrigin;
  readonly source: string;
}

const COMPILED_LIMIT = 1_000;
const TITLE_LIMIT = 300;

/** Turns events into messages by the first template that works: the endpoint's own, the override, the built-in one, none. */
export function createComposer({ templates, helpers }: ComposerParts): Composer {
  const compiled = new Map<string, Template>();
  let { generation } = templates;
  let compile = createEnvironment({ helpers, partials: templates.partial });

  function compileNow(source: string): Template {
    if (generation !== templates.generation) {
      ({ generation } = templates);
      compile = createEnvironment({ helpers, partials: templates.partial });
      compiled.clear();
    }
    return compile(source);
  }

  function problemOf(source: string): TemplateProblem | undefined {
    try {
      compileNow(source);
      return undefined;
    } catch (error) {
      return toTemplateProblem(error);
    }
  }

  const templateOf = (source: string): Template => {
    const known = generation === templates.generation ? compiled.get(source) : undefined;
    if (known) return known;
    const template = compileOrExplain(compileNow, source);
    // Overrides come and go; what is still used is soon compiled again.
    if (compiled.size >= COMPILED_LIMIT) compiled.clear();
    compiled.set(source, template);
    return template;
  };

  return {
    problemOf,
    inspect: (source, options) => inspectTemplate(source, { ...options, helpers, problemOf }),

    compose(input) {
      const problems: ComposeProblem[] = [];
      for (const { origin, source } of candidates(input, templates)) {
        const template = describeOrigin(origin);
        try {
          const said = say(templateOf(source), input);
          if (said) return { ...framed(said, input), title: titleOf(said, input), template, origin, problems };
        } catch (error) {
          // Whatever went wrong, the message must be posted: the next template is tried.
          problems.push(toComposeProblem(template, toTemplateProblem(error)));
        }
      }
      const origin = { kind: 'generic' } as const;
      const { title } = input.about;
      return { ...framed(genericLayout(input), input), title, template: describeOrigin(origin), origin, problems };
    },

    mentions(input) {
      const severity = input.about.severity ?? 'info';
      const asked = { ...input, verified: false };
      for (const { source } of candidates(asked, templates)) {
        try {
          const draft = draw(templateOf(source), asked);
          if (draft) return { names: draft.named, severity: draft.severity ?? severity };
        } catch {
          // Whoever composes the message reports what is wrong with its template.
        }
      }
      return { names: [], severity };
    },

    title(input) {
      const asked = { ...input, overrides: [], endpointId: '', verified: false, people: [] };
      for (const { source } of candidates(asked, templates)) {
        try {
          const said = say(templateOf(source), asked);
          if (said) return titleOf(said, asked);
        } catch {
          // Whoever composes the message reports what is wrong with its template.
        }
      }
      return input.about.title;
    },
  };
}

/** What happened in one line. */
function titleOf({ title }: EventParts, { about }: Pick<ComposeInput, 'about'>): string {
  return cutText(oneLine(title?.text ?? '') || about.title, TITLE_LIMIT);
}

/** A template that cannot be compiled says why whenever it is used, without being read again. */
function compileOrExplain(compile: CompileTemplate, source: string): Template {
  try {
    return compile(source);
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return () => {
      throw error;
    };
  }
}

function candidates(
  { providerName, event, overrides, draft, endpointId, routeId }: ComposeInput,
  templates: Templates,
): readonly Candidate[] {
  // A template can say nothing of a body that could not be read.
  if (event.problem !== undefined && typeof event.payload !== 'object') return [];
  const key = { provider: providerName, type: event.type, endpointId, ...(routeId !== undefined && { routeId }) };
  return [
    ...(draft === undefined ? [] : [{ origin: { kind: 'draft' } as const, source: draft }]),
    ...overridesFor(overrides, key).map((override) => ({
      origin: { kind: 'changed', override } as const,
      source: override.source,
    })),
    ...templates
      .find(providerName, event.type)
      .map(({ kind, name, source }) => ({ origin: { kind, name } as const, source })),
  ];
}

/** What a template says; nothing when it says nothing. */
function say(template: Template, input: Said): EventParts | undefined {
  const drawn = draw(template, input);
  if (!drawn) return undefined;
  const { people: _people, mayPing: _mayPing, named: _named, minorUnits: _units, receivedAt: _at, ...said } = drawn;
  return said;
}

/** What a template writes, and what it was given to write with; nothing when it says nothing. */
function draw(template: Template, input: Said): (Draft & { readonly body: string }) | undefined {
  const { event, people, pings, verified, minorUnits } = input;
  const { receivedAt } = event;
  const draft = createDraft({ people, pings: verified ? pings : undefined, receivedAt, minorUnits });
  const body = template(event.payload, dataOf(input), draft).trim();
  return body === '' && !draft.title && draft.fields.length === 0 ? undefined : { ...draft, body };
}

function dataOf({ event, about, providerName, endpointName, verified }: Said): TemplateData {
  return {
    type: event.type,
    provider: providerName,
    about,
    endpoint: endpointName,
    receivedAt: event.receivedAt.toISOString(),
    verified,
  };
}

function framed(parts: EventParts, { about, event, providerTitle, density, notify }: ComposeInput): FramedMessage {
  const otherwise = `${providerTitle}: ${event.type}`;
  return toEventMessage(parts, {
    about,
    receivedAt: event.receivedAt,
    senderName: providerTitle,
    otherwise,
    density,
    notify,
  });
}

function toTemplateProblem(error: unknown): TemplateProblem {
  if (error instanceof TemplateProblem) return error;
  return new TemplateProblem(
    `It failed in an unexpected way: ${error instanceof Error ? error.message : String(error)}`,
  );
}

function toComposeProblem(template: string, { message, line, column }: TemplateProblem): ComposeProblem {
  return { template, message, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}
