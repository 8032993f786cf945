import { join } from 'node:path';
import type { Offline, Problem, TriedTemplate } from '../cli/shared/verb.ts';
import type { Delivery } from '../core/delivery/delivery.ts';
import { parseDelivery } from '../core/delivery/parse-delivery.ts';
import { toTerminalLines } from '../core/message/terminal-lines.ts';
import { firstEvent } from '../core/provider/name-batch.ts';
import { describeOrigin } from '../core/settings/template-origin.ts';
import { previewDelivery } from '../relay/preview.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';
import { isSampleFile, parseSample } from '../render/sample.ts';
import { learnShape } from '../render/template/lint/payload-shape.ts';
import type { TemplateProblem } from '../render/template/problem.ts';
import { loadCatalogue } from './catalogue.ts';
import { chats } from './chats.ts';
import type { Config } from './config.ts';
import { createDraw } from './drawings.ts';
import { readCurrentSettings } from './settings/read-installation.ts';

/** What the command line can do without a running Bellhop. */
export async function openOffline(config: Config): Promise<Offline> {
  const { providers, templates, composer } = await loadCatalogue(join(config.DATA_DIR, 'templates'));
  const draw = createDraw(chats);

  /** What is wrong with a text that is tried, and what may not be what was meant. */
  function inspect(tried: TriedTemplate | undefined, delivery: Delivery) {
    if (tried === undefined) return { problems: [], doubts: [] };
    const shape = learnShape([parseDelivery(delivery).payload]);
    const { mistakes, doubts } = composer.inspect(tried.source, { shape });
    const named = (problem: TemplateProblem) => toProblem(tried.name, problem);
    return { problems: mistakes.map(named), doubts: doubts.map(named) };
  }

  return {
    providers,
    samples: templates.samples,
    settings: () => readCurrentSettings(config),
    preview(name, given, tried) {
      const provider = providers.get(name);
      const { delivery, of } = firstEvent(given, provider);
      const { type, about, message, template, problems } = previewDelivery(delivery, {
        name,
        provider,
        composer,
        ...(tried && { template: tried.source }),
      });
      const found = inspect(tried, delivery);
      const draft = describeOrigin({ kind: 'draft' });
      const named = (each: Problem) => (tried && each.template === draft ? { ...each, template: tried.name } : each);
      return {
        type,
        of,
        about,
        template: tried && template === draft ? tried.name : template,
        lines: toTerminalLines(message, parseMarkdown),
        ...draw(message),
        // A mistake that keeps it from being used is named once.
        problems: found.problems.length > 0 ? found.problems : problems.map(named),
        doubts: found.doubts,
      };
    },
    readSample: (text, names) => (isSampleFile(text) ? parseSample(text, names) : undefined),
    async refresh() {
      const { generation } = templates;
      const refused = await templates.refresh(composer.problemOf);
      return {
        changed: generation !== templates.generation,
        problems: refused.map(({ name, problem }) => toProblem(name, problem)),
      };
    },
  };
}

function toProblem(template: string, { message, line, column }: TemplateProblem): Problem {
  return { template, message, ...(line !== undefined && { line }), ...(column !== undefined && { column }) };
}
