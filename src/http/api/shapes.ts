import { z } from 'zod';
import { eventStates } from '../../core/event/event.ts';
import { postStates } from '../../core/event/post.ts';
import { severities } from '../../core/message/severity.ts';

const timeShape = z.iso.datetime();

/** The name of whoever asks, as a parameter or in a body. */
export const userShape = z.string().trim().min(1).max(100);

/** An event as clients name it. */
export const eventIdShape = z.string().regex(/^\d{1,18}$/, 'must be the number of an event');

/** That somebody made an event of another one. */
const editedShape = z.object({ of: z.string().describe('The number of the event.'), by: z.string() });

/** Shapes that several answers share. Payloads for Slack and Discord are described by their own vendors. */
export const aboutShape = z
  .object({
    title: z.string(),
    url: z.string().optional(),
    source: z.string().optional(),
    actor: z.string().optional(),
    subject: z.string().optional(),
    state: z.string().optional(),
    severity: z.enum(severities).optional(),
    occurredAt: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    confidential: z.literal(true).optional().describe('Its texts are withheld.'),
    edited: editedShape.optional(),
  })
  .meta({ id: 'About' });

export const eventShape = z
  .object({
    id: z.string(),
    deliveryId: z.string(),
    endpoint: z.string().describe('The endpoint’s name.'),
    provider: z.string(),
    type: z.string(),
    about: aboutShape.nullable(),
    state: z.enum(eventStates),
    receivedAt: timeShape,
    part: z
      .object({
        number: z.number().describe('Counted from 1.'),
        of: z.number(),
        batch: z.string().describe('The same for all events of one delivery.'),
        rest: z.literal(true).optional().describe('It stands for all that come after it as well.'),
      })
      .optional()
      .describe('Which event of its delivery it is, where that holds several.'),
  })
  .meta({ id: 'Event' });

const pairsShape = z.record(z.string(), z.union([z.string(), z.array(z.string()).readonly()]));

const headersShape = pairsShape.describe(
  'Names in lower case; tokens, signatures and other proofs of the sender are masked.',
);

const messageShape = z.looseObject({ severity: z.enum(severities), body: z.string().describe('Markdown.') });

/** A message, what each platform would be sent for it, and the line a phone would show. */
export const drawingShape = z
  .looseObject({
    text: z.string().describe('The notification line.'),
    message: messageShape,
    drawings: z
      .record(z.string(), z.array(z.unknown()))
      .describe(
        'For each platform, by name, the payloads it would be sent, in order. The first one is also given beside this under the name, such as `slack`.',
      ),
  })
  .meta({ id: 'Drawing' });

/** An option of a command. */
const optionShape = z
  .object({
    name: z.string(),
    description: z.string(),
    type: z.enum(['string', 'integer', 'flag', 'duration', 'moment', 'zone', 'channel', 'pairs']),
    optional: z.boolean().optional(),
    positional: z.boolean().optional(),
    rest: z.boolean().optional(),
    keyword: z.string().optional(),
    choices: z.array(z.string()).readonly().optional(),
    complete: z.string().optional(),
    example: z.string().optional(),
    label: z.string().optional(),
    long: z.boolean().optional(),
    secret: z.boolean().optional().describe('Whether it is a secret; answers never repeat one.'),
  })
  .meta({ id: 'CommandOption' });

/** What a command answers. */
export const replyShape = drawingShape
  .extend({
    ok: z
      .boolean()
      .describe('Whether the command did what was asked. Otherwise the status and `data.code` say why not.'),
    text: z.string().describe('Everything the reply says, as plain text.'),
    visibleTo: z.enum(['caller', 'channel']),
    form: z
      .object({
        command: z.string(),
        title: z.string(),
        ask: z.array(z.string()),
        options: z.record(z.string(), z.string()),
        submit: z.string(),
        fields: z
          .array(optionShape)
          .optional()
          .describe('What is asked for besides the command’s own options, or in their place.'),
      })
      .optional(),
    data: z.unknown().describe('What a program needs; `code` names the error, if there was one.'),
  })
  .meta({ id: 'Reply' });

/** What every failed request is answered. */
export const mistakeShape = z
  .object({
    code: z.string().describe('Names the mistake for programs.'),
    message: z.string().describe('Says what happened and what to do.'),
  })
  .meta({ id: 'Mistake' });

/** Where a message came from, beside its drawing. */
export const composedShape = drawingShape
  .extend({
    type: z.string(),
    template: z
      .string()
      .describe(
        'The template that made it, in words: a file, what was changed and where that counts, or `generic` for none.',
      ),
    problems: z.array(
      z.object({
        template: z.string(),
        message: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    ),
  })
  .meta({ id: 'Preview' });

export const decisionShape = z
  .object({
    decidedAt: timeShape,
    steps: z.array(z.object({ step: z.string(), text: z.string() })).readonly(),
    routes: z
      .array(
        z.object({
          routeId: z.string(),
          platform: z.string(),
          channel: z.string(),
          channelName: z.string(),
          outcome: z.enum(['post', 'hold', 'drop']),
          reason: z.string(),
          muteId: z.string().optional(),
          mentioned: z
            .array(z.object({ name: z.string(), outcome: z.enum(['ping', 'silent']), reason: z.string() }))
            .readonly()
            .optional()
            .describe('Whom the message names, and whether it pings them.'),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'Decision' });

export const postShape = z
  .object({
    id: z.string(),
    platform: z.string(),
    channel: z.string(),
    channelName: z.string(),
    state: z.enum(postStates),
    attempts: z.int(),
    error: z.string().nullable(),
    template: z.string().nullable().describe('The template that made the message, in words.'),
    message: z.string().nullable().describe('The message that shows it, as its platform names it.'),
    link: z
      .string()
      .nullable()
      .optional()
      .describe('Opens that message; null where its platform has no link. Absent in lists.'),
    replay: z.boolean(),
    createdAt: timeShape,
    settledAt: timeShape.nullable(),
  })
  .meta({ id: 'Post' });

const deedShape = z.object({
  by: z.string().describe('Who, as `platform:user`.'),
  byName: z.string(),
  on: z.string().describe('Where, as people read it, such as `Slack`.'),
  at: timeShape,
});

/** What people did about what an event is about, since it opened last. */
export const subjectShape = z
  .object({
    key: z.string(),
    phase: z.enum(['open', 'over']).nullable().describe('How it stands, as its provider says.'),
    alarm: z.boolean().describe('Whether somebody has to look at it until it is over.'),
    acknowledged: deedShape.nullable(),
    resolved: deedShape.nullable().describe('Who closed it here, whatever its provider says.'),
    notes: z.array(deedShape.extend({ text: z.string() })).readonly(),
    places: z
      .array(z.object({ platform: z.string(), channel: z.string() }))
      .readonly()
      .describe('The channels in which a message of its own shows it.'),
  })
  .meta({ id: 'Subject' });

export const bodyShape = z
  .object({
    text: z.string().optional().describe('The body, where it is UTF-8.'),
    base64: z.string().optional().describe('The body, where it is not.'),
    size: z.int(),
    contentType: z.union([z.string(), z.array(z.string()).readonly()]).nullable(),
  })
  .meta({ id: 'Body' });

export const eventDetailShape = eventShape
  .extend({
    method: z.string(),
    headers: headersShape,
    query: pairsShape,
    remoteAddress: z.string(),
    verification: z.object({
      secretId: z.string().optional(),
      age: z.number().optional(),
      covers: z
        .array(z.enum(['body', 'time', 'id']))
        .readonly()
        .optional()
        .describe('The parts of the delivery that the signature covers.'),
      handshake: z.int().optional().describe('The status that a handshake was answered with.'),
      edited: editedShape.optional().describe('Nobody delivered it: a person made it of another event.'),
      unverified: z.literal(true).optional().describe('Nothing was verified; an owner had it posted nevertheless.'),
    }),
    body: bodyShape,
    decision: decisionShape.nullable(),
    posts: z.array(postShape).readonly(),
    subject: subjectShape.nullable().describe('What goes on; nothing where the event belongs to nothing that does.'),
    curl: z
      .string()
      .describe(
        'A shell command that delivers it again as a new event; the endpoint’s URL has to be filled in. It says so where the same bytes count as a repeat.',
      ),
  })
  .meta({ id: 'EventDetail' });

export const refusalShape = z
  .object({
    id: z.string(),
    endpoint: z.string(),
    at: timeShape,
    reason: z.string(),
    status: z.int().describe('What the sender was answered.'),
    method: z.string(),
    headers: headersShape,
    remoteAddress: z.string(),
    size: z.int(),
    bodyText: z.string().nullable(),
  })
  .meta({ id: 'Refusal' });

export const commandShape = z
  .object({
    name: z.string(),
    summary: z.string(),
    help: z.string().optional(),
    examples: z.array(z.string()).readonly(),
    permission: z.enum(['member', 'owner', 'admin']),
    options: z.array(optionShape),
  })
  .meta({ id: 'Command' });

export const channelMessageShape = drawingShape
  .extend({
    id: z.string(),
    thread: z.string().nullable(),
    postedAt: timeShape,
    editedAt: timeShape.nullable(),
  })
  .meta({ id: 'ChannelMessage' });

/** Who asks for something, in a request that does it. */
export const askerShape = z
  .object({
    user: userShape.optional().describe('Who does it: the name that others read.'),
  })
  .nullish();

export const replayRunShape = z
  .object({
    id: z.string(),
    state: z
      .enum(['running', 'done', 'stopped', 'interrupted'])
      .describe('`interrupted`: Bellhop was stopped, or the node that ran it was lost.'),
    by: z.string(),
    startedAt: timeShape,
    total: z.int(),
    done: z.int().describe('How many had their turn, those that failed among them.'),
    failed: z.int(),
    failures: z
      .array(z.object({ event: z.string(), reason: z.string() }))
      .readonly()
      .describe('The first of those that failed.'),
  })
  .meta({ id: 'ReplayRun' });

export const limitShape = (most: number, usual: number) => z.coerce.number().int().min(1).max(most).default(usual);

export const auditShape = z
  .object({
    id: z.string(),
    at: timeShape,
    by: z.string().describe('`platform:user`, or `bellhop` for what the clock did.'),
    byName: z.string(),
    from: z.string().nullable().describe('Where they asked for it, such as `slack #ops`.'),
    action: z.string().describe('The command, such as `mute`.'),
    endpoint: z.string().nullable(),
    detail: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const muteShape = z
  .object({
    id: z.string(),
    endpoint: z.string(),
    holds: z.string().describe('What it keeps quiet, in words.'),
    match: z.record(z.string(), z.string()),
    where: z.string().nullable().describe('A condition in CEL that has to be true as well.'),
    until: z.string().nullable(),
    ends: z.string().nullable().describe('What its subject has to become for it to end before that.'),
    reason: z.string().nullable(),
    by: z.string(),
    createdAt: z.string(),
    times: z.string().describe('When it holds besides its end, in words; empty where it always does.'),
    paused: z.boolean().describe('Whether it holds nothing at this hour.'),
    held: z.int().describe('Messages that it holds; at most a thousand are counted.'),
  })
  .meta({ id: 'Mute' });

/** The cursor of a list. */
export const nextShape = z
  .string()
  .optional()
  .describe('Give it as `before` to see older ones; absent on the last page.');
