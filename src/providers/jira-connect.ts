import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
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
1. Name {{url}} as the \`url\` of a webhook in the descriptor of your app.
2. Give Bellhop the \`sharedSecret\` that Jira sent when the app was installed.`,
});
