import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Severity, severities } from '../../src/core/message/severity.ts';

const shape = z.record(
  z.string(),
  z.string().transform((words) => z.array(z.enum(severities)).parse(words.split('|'))),
);

/** How serious a person on call would find each recording, by its file: one word, or several where either is right. */
export function loadSeverities(): ReadonlyMap<string, readonly Severity[]> {
  const text = readFileSync(join(import.meta.dirname, 'severities.json'), 'utf8');
  return new Map(Object.entries(shape.parse(JSON.parse(text))));
}
