import { z } from 'zod';
import { severities } from '../../core/about.ts';
import { eventStates } from '../../core/event.ts';

/** Shapes that several answers share. Payloads for Slack and Discord are described by their own vendors. */
export const aboutShape = z.object({
  title: z.string(),
  url: z.string().optional(),
  source: z.string().optional(),
  actor: z.string().optional(),
  subject: z.string().optional(),
  state: z.string().optional(),
  severity: z.enum(severities).optional(),
  occurredAt: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

export const eventShape = z.object({
  id: z.string(),
  deliveryId: z.string(),
  endpoint: z.string().describe('The endpoint’s name.'),
  provider: z.string(),
  type: z.string(),
  about: aboutShape.nullable(),
  state: z.enum(eventStates),
  receivedAt: z.iso.datetime(),
});

export const messageShape = z.looseObject({ severity: z.enum(severities), body: z.string().describe('Markdown.') });

export const channelMessageShape = z.object({
  id: z.string(),
  thread: z.string().nullable(),
  text: z.string().describe('The notification line.'),
  message: messageShape,
  slack: z.unknown().describe('What `chat.postMessage` would be sent.'),
  discord: z.unknown().describe('What Discord’s create-message call would be sent.'),
  postedAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
});

export const limitShape = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);
