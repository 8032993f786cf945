import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

const SEVERITIES = dictionary<Severity>({ error: 'critical', warning: 'warning', info: 'info' });
/** What people did to an error, as a state. */
const CHANGES = dictionary<string>({
  fixed: 'fixed',
  ignored: 'ignored',
  snoozed: 'snoozed',
  reopened: 'open',
  snoozeCancelled: 'open',
  unignored: 'open',
});

// https://docs.bugsnag.com/product/integrations/data-forwarding/webhook/
export default defineProvider({
  title: 'BugSnag',
  docs: 'https://docs.bugsnag.com/product/integrations/data-forwarding/webhook/',
  secret: 'none',
  evidence: 'vendor',
  sample: 'firstException',
  signature: unsigned(),
  recognize: { fields: ['account', 'project', 'trigger.type'] },
  eventType: field('trigger.type'),
  about: {
    title: ({ payload, type }) =>
      joined(': ', textAt(payload, 'error.exceptionClass'), textAt(payload, 'error.message')) ??
      guessAbout(payload, type).title,
    source: field('project.name'),
    actor: ({ payload }) => finder(payload)('user.name', 'release.releasedBy', 'release.builderName'),
    // A spike is of the whole project: the error that comes with it is the latest one.
    subject: ({ payload, type }) =>
      keyed(
        // What people say of an error stands beside it, and not in its place.
        type === 'comment' ? 'discussion' : 'error',
        type.startsWith('project') ? undefined : finder(payload)('error.errorId'),
      ) ?? keyed('release', finder(payload)('release.id')),
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    url: ({ payload }) => finder(payload)('error.url', 'release.url', 'project.url'),
    occurredAt: ({ payload, type }) =>
      toMoment(
        finder(payload)('comment.createdAt', ...(isByHand(type) ? [] : ['error.receivedAt']), 'release.releaseTime'),
      ),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        environment: find('error.releaseStage', 'release.releaseStage'),
        severity: find('error.severity'),
        version: find('error.appVersion', 'release.version'),
      });
    },
  },
  happening({ payload, type }) {
    const id = finder(payload)('error.id');
    // With "every occurrence" switched on, an event is sent by itself and again by each trigger that it sets off.
    return id && OCCURRED.has(type)
      ? {
          keys: [`event ${id}`],
          fact: 'occurred',
          better: type === 'exception' ? [...OCCURRED].filter((each) => each !== type) : [],
          within: 600,
        }
      : undefined;
  },
  setup: `
1. Open **Project settings → Integrations and email → Data forwarding → Webhook** and paste {{url}} as the URL.
2. Choose the events you want posted, and save.

BugSnag signs nothing, so keep the URL to yourself.`,
});

const OCCURRED = new Set(['exception', 'firstException', 'powerTen', 'errorEventFrequency', 'reopened']);

/** Whether a person did it, long after the error's last event. */
function isByHand(type: string): boolean {
  return type === 'comment' || type === 'errorStateManualChange';
}

function stateOf(find: Find, type: string): string | undefined {
  if (type === 'errorStateManualChange') return CHANGES(find('trigger.stateChange'));
  if (type === 'comment' || type.startsWith('project')) return undefined;
  return find('error.status') ?? (OCCURRED.has(type) ? 'open' : undefined);
}

function severityFor(find: Find, type: string): Severity {
  if (type === 'projectSpiking') return 'critical';
  if (type.startsWith('project')) return 'warning';
  if (type === 'errorStateManualChange') {
    const state = stateOf(find, type);
    return state === 'fixed' ? 'good' : state === 'open' ? 'warning' : 'info';
  }
  return OCCURRED.has(type) ? (SEVERITIES(find('error.severity')) ?? 'critical') : 'info';
}
