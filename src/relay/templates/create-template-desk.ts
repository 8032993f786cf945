import { createHash } from 'node:crypto';
import {
  type HelperDescription,
  type TemplateDesk,
  type TemplateFinding,
  type TemplateGround,
  type TemplatePlace,
  type TemplateText,
  templateScopes,
  toKey,
} from '../../core/command/desks/template-desk.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { HookEvent } from '../../core/event/event.ts';
import { plainLines, toTerminalLines } from '../../core/message/terminal-lines.ts';
import type { Settings, SettingsStore } from '../../core/settings/settings.ts';
import { overridesFor, type TemplateKey } from '../../core/settings/template-override.ts';
import { maskPayload } from '../../reading/payload/mask-payload.ts';
import { type ReadEvent, readEvent } from '../../reading/read-event.ts';
import type { ComposeProblem, Composer } from '../../render/compose.ts';
import { parseMarkdown } from '../../render/markdown/markdown.ts';
import { DATA } from '../../render/template/check-template.ts';
import type { Helper, ValueKind } from '../../render/template/helper.ts';
import { pathsOf } from '../../render/template/lint/payload-shape.ts';
import type { TemplateProblem } from '../../render/template/problem.ts';
import type { Templates } from '../../render/templates.ts';
import type { EventComposer } from '../compose-event.ts';
import { createShapes, type ShapeParts } from './shapes.ts';

export interface TemplateDeskParts extends ShapeParts {
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly composer: Pick<Composer, 'inspect'>;
  readonly templates: Templates;
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly make: EventComposer['make'];
}

/** What somebody begins with where no template has been written. */
const STARTER = '{{title @about.title url=@about.url}}\n{{facts @about.source @about.actor}}\n';
const PATHS = 1_000;

/** Answers what commands and the API ask of templates. */
export function createTemplateDesk(parts: TemplateDeskParts): TemplateDesk {
  const { settings, composer, templates, helpers, make, providers, mask } = parts;
  const shapeOf = createShapes(parts);

  function readMasked(event: HookEvent): ReadEvent {
    const { incoming, ...read } = readEvent(event, providers.get(event.provider), mask);
    return { ...read, incoming: parseDelivery(incoming, () => maskPayload(incoming.payload)) };
  }

  function inFile(provider: string, type: string): TemplateText {
    const [file] = templates.find(provider, type);
    if (!file) return { origin: { kind: 'generic' }, source: STARTER };
    return { origin: { kind: file.kind, name: file.name }, source: file.source };
  }

  function inForce(key: TemplateKey, { templates: changed }: Pick<Settings, 'templates'> = settings.current) {
    const [override] = overridesFor(changed, key);
    if (!override) return inFile(key.provider, key.type);
    return { origin: { kind: 'changed' as const, override }, source: override.source };
  }

  function versions(place: TemplatePlace, now?: Pick<Settings, 'templates'>): readonly string[] {
    return templateScopes.map((scope) => hashOf(inForce(toKey(place, scope), now).source));
  }

  return {
    inForce,
    version: (place) => versions(place).join('.'),
    isFresh(version, place, scope, now) {
      const at = templateScopes.indexOf(scope);
      return version.split('.')[at] === versions(place, now)[at];
    },
    inFile,
    types: (provider) => templates.types(provider).filter((type) => type !== 'default'),
    changed: (endpointIds) =>
      settings.current.templates.filter(
        ({ endpointId }) => endpointId === undefined || endpointIds.includes(endpointId),
      ),
    draft: (id) => settings.current.drafts?.find((draft) => draft.id === id),
    inspect(source, { before, ...ground }) {
      const { mistakes, doubts } = composer.inspect(source, { shape: shapeOf(ground), before });
      return [
        ...mistakes.map((problem) => toFinding('mistake', problem)),
        ...doubts.map((problem) => toFinding('doubt', problem)),
      ];
    },
    make(event, { masked, ...look } = {}) {
      const { message, template, origin, problems } = make(event, masked ? { ...look, read: readMasked(event) } : look);
      const failed = look.draft !== undefined && origin.kind !== 'draft';
      return {
        message,
        template,
        lines: plainLines(toTerminalLines(message, parseMarkdown)),
        ...(failed && { failure: failureOf(problems) }),
      };
    },
    helpers: Array.from(helpers, ([name, helper]) => toDescription(name, helper)),
    get partials() {
      return templates.partials();
    },
    variables: Array.from(DATA, (name) => `@${name}`),
    paths: (ground: TemplateGround) => pathsOf(shapeOf(ground) ?? { names: new Map() }, PATHS),
  };
}

/** White space at the end is lost in forms, and means nothing. */
function hashOf(source: string): string {
  return createHash('sha256').update(source.trimEnd()).digest('hex').slice(0, 10);
}

function failureOf([problem]: readonly ComposeProblem[]): TemplateFinding {
  if (!problem)
    return { level: 'mistake', message: 'It says nothing at all, so the next best template made the message.' };
  const { message, line, column } = problem;
  return { level: 'mistake', message, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}

function toFinding(level: TemplateFinding['level'], problem: TemplateProblem): TemplateFinding {
  const { message, line, column, end, instead } = problem;
  return {
    level,
    message,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(end !== undefined && { end }),
    ...(instead !== undefined && { instead }),
  };
}

function toDescription(name: string, { summary, example, effect, named = {}, words = [] }: Helper): HelperDescription {
  return {
    name,
    summary,
    example,
    effect: effect === true,
    words,
    named: named === 'any' ? [] : Object.entries(named).map(([value, kind]) => toNamed(value, kind)),
  };
}

function toNamed(name: string, kind: ValueKind): HelperDescription['named'][number] {
  return typeof kind === 'string' ? { name, kind, words: [] } : { name, kind: 'word', words: kind };
}
