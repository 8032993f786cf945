import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoQuery } from '../handshakes/echo-query.ts';
import { dictionary, finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asHex } from '../signatures/keys/secret-keys.ts';

const TRIGGERS = dictionary<string>({
  0: 'taskStarted',
  1: 'taskEta',
  2: 'taskArrival',
  3: 'taskCompleted',
  4: 'taskFailed',
  5: 'workerDuty',
  6: 'taskCreated',
  7: 'taskUpdated',
  8: 'taskDeleted',
  9: 'taskAssigned',
  10: 'taskUnassigned',
  12: 'taskDelayed',
  13: 'taskCloned',
});

export default defineProvider({
  title: 'Onfleet',
  docs: 'https://docs.onfleet.com/reference/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-onfleet-signature', algorithm: 'sha512', key: asHex }),
  handshake: echoQuery('check'),
  eventType: ({ payload }) => TRIGGERS(textAt(payload, 'triggerId')) ?? textAt(payload, 'triggerName'),
  about: {
    source: field('data.task.merchant'),
    actor: field('data.worker.name'),
    subject: ({ payload }) => keyed('task', finder(payload)('taskId')),
  },
  setup: `
1. Open **Settings → API & Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook secret**, and give it to Bellhop.`,
});
