import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/guess-type.ts';
import { jwt } from '../signatures/jwt.ts';
import { jiraQuery } from '../signatures/own/jira-query.ts';

export default defineProvider({
  title: 'Atlassian Connect (Jira and Confluence apps)',
  aliases: ['atlassian-connect'],
  docs: 'https://developer.atlassian.com/cloud/jira/platform/security-for-connect-apps/',
  secret: 'theirs',
  evidence: 'community',
  signature: jwt({ header: 'authorization', prefix: 'JWT ', algorithms: ['HS256'], rules: [jiraQuery], dated: 'exp' }),
  eventType: first(field('webhookEvent'), field('eventType'), guessType),
  about: {
    source: field('issue.fields.project.key'),
    actor: field('user.displayName'),
    subject: ({ payload }) => keyed('issue', finder(payload)('issue.key')),
    state: field('issue.fields.status.name'),
  },
  setup: `
1. In Atlassian Connect (Jira and Confluence apps), go to the descriptor of your app, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **shared secret of the installation**, and tell it to us.`,
});
