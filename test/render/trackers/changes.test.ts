import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Json, tell } from '../tell-sample.ts';

const change = (field: string, from: string | null, to: string | null): Json => ({
  field,
  fieldtype: 'jira',
  from: null,
  fromString: from,
  to: null,
  toString: to,
});

describe('messages of Jira', () => {
  const update = (items: readonly Json[], fields: Json = {}, rest: Json = {}) =>
    tell('jira', 'jira.issue_updated', { changelog: { items }, issue: { fields }, ...rest });

  it('say first what changed about an issue', () => {
    const lines = [
      update([change('assignee', null, 'Hubot')]),
      update([change('assignee', 'Hubot', null)]),
      update([change('priority', 'High', 'Highest')]),
      update([change('summary', 'Fix the dor', 'Fix the door')]),
      update([change('description', 'old', 'new')]),
      update([change('labels', '', 'rain')]),
      update([change('status', 'To Do', 'In Progress'), change('assignee', null, 'Hubot')]),
    ].map(({ title }) => title?.text);
    assert.deepEqual(lines, [
      'Mona Lisa assigned API-12 Fix the door to Hubot',
      'Mona Lisa unassigned API-12 Fix the door',
      'Mona Lisa changed the priority of API-12 Fix the door to Highest',
      'Mona Lisa renamed API-12 Fix the door',
      'Mona Lisa edited API-12 Fix the door',
      'Mona Lisa updated API-12 Fix the door',
      'Mona Lisa moved API-12 Fix the door to In Progress',
    ]);
  });

  it('name a comment for what it is, also where the issue is said to be updated', () => {
    const comment = { id: '1', body: 'It is *wet*.', updated: '2026-03-02T10:04:00.000+0000' };
    const { title, body } = tell('jira', 'jira.issue_updated', {
      issue_event_type_name: 'issue_commented',
      changelog: null,
      comment,
    });
    assert.equal(title?.text, 'Mona Lisa commented on API-12 Fix the door');
    assert.equal(title?.url, 'https://acme.atlassian.net/browse/API-12?focusedCommentId=1');
    assert.match(body, /It is \*\*wet\*\*/);
  });

  it('mark an issue as good when it is moved to what is done, and only then', () => {
    const done = { status: { name: 'Done', statusCategory: { key: 'done' } } };
    assert.equal(update([change('status', 'To Do', 'Done')], done).mark, 'good');
    assert.equal(update([change('labels', '', 'rain')], done).mark, 'info');
  });

  it('withhold the texts of an issue with a security level, and of an internal comment', () => {
    const secured = tell('jira', 'jira.issue_created', { issue: { fields: { security: { id: '1', name: 'Staff' } } } });
    assert.doesNotMatch(JSON.stringify(secured), /Fix the door|rain/);
    assert.match(secured.title?.text ?? '', /^Mona Lisa created API-12$/);
    const internal = tell('jira', 'comment_created', { comment: { jsdPublic: false } });
    assert.doesNotMatch(JSON.stringify(internal), /hinges are ordered/);
    assert.match(internal.title?.text ?? '', /Fix the door$/);
  });
});

describe('messages of Azure DevOps', () => {
  const line = (type: string, difference: Json) => {
    const { mark, title } = tell('azure-devops', type, difference);
    return `${mark}: ${title?.text}`;
  };

  it('never show what was stopped as failed', () => {
    const build = (status: string) => line('build.complete', { resource: { status } });
    assert.deepEqual(['succeeded', 'partiallySucceeded', 'failed', 'stopped'].map(build), [
      'good: shop-api-ci passed on main',
      'warning: shop-api-ci passed in part on main',
      'failed: shop-api-ci failed on main',
      'neutral: shop-api-ci was stopped on main',
    ]);
  });

  it('say what was done to a pull request', () => {
    const update = (text: string, resource: Json = { status: 'active', closedBy: null }) =>
      line('git.pullrequest.updated', { message: { text }, resource });
    assert.deepEqual(
      [
        update('Hubot approved pull request 12 (Fix the door) in shop-api'),
        update('Hubot updated the source branch of pull request 12 (Fix the door) in shop-api'),
        update('Hubot changed the reviewer list on pull request 12 (Fix the door) in shop-api'),
        update('Hubot abandoned pull request 12', { status: 'abandoned', closedBy: { displayName: 'Hubot' } }),
      ],
      [
        'info: Hubot approved !12 Fix the door',
        'info: Hubot pushed to !12 Fix the door',
        'info: Hubot changed the reviewers of !12 Fix the door',
        'info: Hubot abandoned !12 Fix the door',
      ],
    );
  });

  it('lead to a repository without the user that its address to clone from names', () => {
    const { title } = tell('azure-devops', 'git.pullrequest.created');
    assert.equal(title?.url, 'https://dev.azure.com/acme/shop/_git/shop-api/pullrequest/12');
  });
});

describe('messages of Trello', () => {
  it('say what changed about a card', () => {
    const line = (data: Json) =>
      tell('trello', 'updateCard', { action: { data: { listBefore: null, listAfter: null, ...data } } }).title?.text;
    const card = { name: 'Fix the door', shortLink: 'c4rD5678' };
    assert.deepEqual(
      [
        line({ old: { closed: false, idList: null }, card: { ...card, closed: true } }),
        line({ old: { due: null, idList: null }, card: { ...card, due: '2026-03-13T10:00:00.000Z' } }),
        line({ old: { dueComplete: false, idList: null }, card: { ...card, dueComplete: true } }),
        line({ old: { desc: '', idList: null }, card: { ...card, desc: 'It is wet.' } }),
      ],
      [
        'Mona Lisa archived Fix the door',
        'Mona Lisa set a due date for Fix the door',
        'Mona Lisa completed Fix the door',
        'Mona Lisa described Fix the door',
      ],
    );
  });
});

describe('messages of error trackers', () => {
  it('say how it is with an error, in the same words', () => {
    const lines = [
      tell('rollbar', 'new_item'),
      tell('bugsnag', 'firstException'),
      tell('honeybadger', 'occurred'),
      tell('rollbar', 'resolved_item'),
      tell('honeybadger', 'resolved'),
      tell('bugsnag', 'errorStateManualChange'),
    ].map(({ mark, title }) => `${mark}: ${title?.text}`);
    assert.deepEqual(lines, [
      'failed: New error: ZeroDivisionError: division by zero',
      'failed: New error: TypeError: cart is not iterable',
      "failed: New error: NoMethodError: a guest's cart has no price",
      'good: Resolved: ZeroDivisionError: division by zero',
      "good: Mona Lisa resolved NoMethodError: a guest's cart has no price",
      'good: Mona Lisa marked as fixed: TypeError: cart is not iterable',
    ]);
  });

  it('never show what a person ignores as fixed', () => {
    const { mark, title } = tell('bugsnag', 'errorStateManualChange', {
      trigger: { stateChange: 'ignored' },
      error: { status: 'ignored' },
    });
    assert.equal(`${mark}: ${title?.text}`, 'info: Mona Lisa ignores TypeError: cart is not iterable');
  });
});
