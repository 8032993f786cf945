import { z } from 'zod';
import { templateScopes } from '../../../core/command/desks/template-desk.ts';

/** Larger texts are refused by the number of characters that a template may have, in words. */
const LONGEST = 1_000_000;

export const sourceShape = z.string().max(LONGEST);

/** Which template is meant. */
export const placeShape = z.object({
  endpoint: z.string().max(100).describe('The endpoint whose events it is for, by name or id.'),
  type: z.string().min(1).max(300).describe('The type of event, or `*` for every type that has none of its own.'),
  scope: z.enum(templateScopes).default('endpoint').describe('Where it counts.'),
  route: z.string().max(100).optional().describe('The id of the route, for the scope `route`.'),
});

export const originShape = z.object({
  kind: z
    .enum(['changed', 'own', 'shipped', 'generic'])
    .describe('Changed from chat or page, a file of this installation, one that came with Bellhop, or none.'),
  file: z.string().optional(),
  scope: z.enum(templateScopes).optional(),
  type: z.string().optional().describe('`*` where it is the template for every type.'),
  revision: z.int().optional(),
  by: z.string().optional(),
  at: z.string().optional(),
});

export const textShape = z.object({
  source: z.string(),
  origin: originShape,
  version: z
    .string()
    .describe('Give it back when saving, so that nobody overwrites what somebody else saved meanwhile.'),
  maySave: z.boolean().describe('Whether you may save it; otherwise saving proposes it to those who may.'),
});

export const savedShape = textShape.extend({
  proposed: z.boolean().describe('Whether those who may save it were asked, and nothing changed yet.'),
  message: z.string().describe('What was done, in words.'),
});

export const revisionShape = z.object({
  revision: z.int(),
  source: z.string().nullable().describe('Nothing where it was reset.'),
  by: z.string().optional(),
  at: z.string().optional(),
  restores: z.int().optional().describe('The revision that it brought back; 0 for what was there before the first.'),
});

export const findingShape = z.object({
  level: z.enum(['mistake', 'doubt']).describe('A mistake keeps it from being saved, a doubt does not.'),
  message: z.string().describe('A sentence with what it names in backticks.'),
  line: z.int().optional().describe('Counted from 1, as are columns.'),
  column: z.int().optional(),
  end: z.object({ line: z.int(), column: z.int() }).optional().describe('The first place after it.'),
  instead: z.string().optional().describe('What probably was meant in the place of all between the two.'),
});

const wordsShape = z.array(z.string());

export const completionShape = z.object({
  paths: z.array(
    z.object({
      path: z.string(),
      kind: z.enum(['value', 'object', 'list']),
      example: z.string().describe('A value that stood there.'),
    }),
  ),
  helpers: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      example: z.string(),
      effect: z.boolean().describe('Whether it adds to the message and prints nothing.'),
      words: z
        .array(wordsShape)
        .describe(
          'What each of its values can be, in their order, where it is one of a few words; else an empty list.',
        ),
      named: z.array(
        z.object({ name: z.string(), kind: z.enum(['text', 'number', 'flag', 'word']), words: wordsShape }),
      ),
    }),
  ),
  variables: wordsShape,
  partials: wordsShape,
  blocks: wordsShape,
});
