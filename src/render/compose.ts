import type { About } from '../core/event/about.ts';
import type { Density, NotifyLevel } from '../core/message/density.ts';
import type { Message } from '../core/message/message.ts';
import type { Incoming } from '../core/provider/provider.ts';
import type { Person, TemplateOverride } from '../core/settings/settings.ts';
import { oneLine } from '../core/text/clean-text.ts';
import { cutText } from '../core/text/cut-text.ts';
import type { MinorUnits } from '../core/text/money.ts';
import { type EventParts, type FramedMessage, toEventMessage } from './frame/to-event-message.ts';
import { genericLayout } from './generic/generic-layout.ts';
import { createDraft } from './template/draft.ts';
import { type CompileTemplate, createEnvironment, type Template, type TemplateData } from './template/environment.ts';
import type { Helper } from './template/helper.ts';
import { TemplateProblem } from './template/problem.ts';
import { type Templates, templateName } from './templates.ts';

export interface ComposeInput {
  readonly event: Incoming;
  readonly about: About;
  readonly providerName: string;
  /** What people call whoever sent it. */
  readonly providerTitle: string;
  readonly endpointName: string;
  readonly endpointId: string;
  /** Whether the event was verified: without that, nobody is pinged. */
  readonly verified: boolean;
  readonly overrides: readonly TemplateOverride[];
  readonly people: readonly Person[];
  /** How much of it its route shows; what fits in about six lines when left out. */
  readonly density?: Density | undefined;
  /** When its route wants a phone to show its first line; where it is important when left out. */
  readonly notify?: NotifyLevel | undefined;
  readonly minorUnits?: MinorUnits | undefined;
}

/** What the title of an event depends on. */
export type TitleInput = Pick<ComposeInput, 'event' | 'about' | 'providerName' | 'providerTitle' | 'endpointName'>;

/** What is wrong with a template, for its owner. */
export interface ComposeProblem {
  readonly template: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

export interface Composed {
  readonly message: Message;
  /** Whether the message says all there is to say. */
  readonly whole: boolean;
  /** The template that made it: a file such as `templates/github/push.hbs`, `override`, or `generic` for none. */
  readonly template: string;
  readonly problems: readonly ComposeProblem[];
}

export interface Composer {
  /** Makes an event's message. Always succeeds: a template with a problem is passed over, and the problem reported. */
  compose(input: ComposeInput): Composed;
  /** What happened in one line, as the template that came with Bellhop says it. Always something. */
  title(input: TitleInput): string;
  /** Throws `TemplateProblem` for a template that cannot be compiled. */
  check(source: string): void;
}

export interface ComposerParts {
  readonly templates: Templates;
  readonly helpers: ReadonlyMap<string, Helper>;
}

/** What a template may know. */
type Said = Omit<ComposeInput, 'density' | 'notify' | 'overrides' | 'endpointId'>;

interface Candidate {
  readonly name: string;
  readonly source: string;
}

const COMPILED_LIMIT = 1_000;
const TITLE_LIMIT = 300;

/** Turns events into messages by the first template that works: the endpoint's own, the override, the built-in one, none. */
export function createComposer({ templates, helpers }: ComposerParts): Composer {
  const compile = createEnvironment({ helpers, partials: templates.partial });
  const compiled = new Map<string, Template>();
  const templateOf = (source: string): Template => {
    const known = compiled.get(source);
    if (known) return known;
    const template = compileOrExplain(compile, source);
    // Overrides come and go; what is still used is soon compiled again.
    if (compiled.size >= COMPILED_LIMIT) compiled.clear();
    compiled.set(source, template);
    return template;
  };

  return {
    check: (source) => void compile(source),

    compose(input) {
      const problems: ComposeProblem[] = [];
      for (const { name, source } of candidates(input, templates)) {
        try {
          const said = say(templateOf(source), input);
          if (said) return { ...framed(said, input), template: name, problems };
        } catch (error) {
          // Whatever went wrong, the message must be posted: the next template is tried.
          problems.push(toComposeProblem(name, toTemplateProblem(error)));
        }
      }
      return { ...framed(genericLayout(input), input), template: 'generic', problems };
    },

    title(input) {
      const asked = { ...input, overrides: [], endpointId: '', verified: false, people: [] };
      for (const { source } of candidates(asked, templates)) {
        try {
          const said = say(templateOf(source), asked);
          if (said) return cutText(oneLine(said.title?.text ?? '') || input.about.title, TITLE_LIMIT);
        } catch {
          // Whoever composes the message reports what is wrong with its template.
        }
      }
      return input.about.title;
    },
  };
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
  { providerName, event, overrides, endpointId }: ComposeInput,
  templates: Templates,
): readonly Candidate[] {
  // A template can say nothing of a body that could not be read.
  if (event.problem !== undefined && typeof event.payload !== 'object') return [];
  const type = templateName(event.type);
  const own = overrides.filter(
    (override) => override.provider === providerName && templateName(override.type) === type,
  );
  const chosen = [
    own.find((override) => override.endpointId === endpointId),
    own.find((override) => override.endpointId === undefined),
  ].flatMap((override) => (override ? [{ name: 'override', source: override.source }] : []));
  const builtIn = templates.find(providerName, event.type);
  const fallback = templates.find(providerName, 'default');
  return [...chosen, ...(builtIn ? [builtIn] : []), ...(fallback && fallback.name !== builtIn?.name ? [fallback] : [])];
}

/** What a template says; nothing when it says nothing. */
function say(template: Template, input: Said): EventParts | undefined {
  const { event, verified, minorUnits: units } = input;
  const draft = createDraft({
    people: verified ? input.people : [],
    receivedAt: event.receivedAt,
    minorUnits: units,
  });
  const body = template(event.payload, dataOf(input), draft).trim();
  if (body === '' && !draft.title && draft.fields.length === 0) return undefined;
  const { people, minorUnits, receivedAt, ...said } = draft;
  return { ...said, body };
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
