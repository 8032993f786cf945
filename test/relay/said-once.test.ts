import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { aWorld, type Endpoint, type World } from '../world.ts';

const RUN = 8100000001;
const SUITE = 4400000001;
const REPOSITORY = {
  repository: { name: 'api', full_name: 'acme/api', html_url: 'https://github.com/acme/api', default_branch: 'main' },
  sender: { login: 'mona' },
};
const page = `https://github.com/acme/api/actions/runs/${RUN}`;
const job = (id: number, conclusion = 'success') => ({
  ...REPOSITORY,
  action: 'completed',
  workflow_job: { id, run_id: RUN, run_attempt: 1, name: `job ${id}`, status: 'completed', conclusion, html_url: page },
});
const check = (id: number, conclusion = 'success', slug = 'github-actions') => ({
  ...REPOSITORY,
  action: 'completed',
  check_run: {
    id,
    name: `job ${id}`,
    status: 'completed',
    conclusion,
    html_url: page,
    details_url: slug === 'github-actions' ? `${page}/job/${id}` : 'https://coverage.example/1',
    check_suite: { id: SUITE, head_branch: 'main' },
    app: { slug, name: slug },
  },
});
const suite = (conclusion = 'success', slug = 'github-actions') => ({
  ...REPOSITORY,
  action: 'completed',
  check_suite: { id: SUITE, status: 'completed', conclusion, head_branch: 'main', app: { slug, name: slug } },
});
const run = (conclusion = 'success', id = RUN) => ({
  ...REPOSITORY,
  action: 'completed',
  workflow_run: {
    id,
    check_suite_id: SUITE,
    run_attempt: 1,
    name: 'CI',
    status: 'completed',
    conclusion,
    head_branch: 'main',
    html_url: page,
  },
});

describe('what one happening says several times', () => {
  it('is posted once, a run of GitHub Actions by whichever of its events comes first', async () => {
    await using world = await aWorld();
    const send = await github(world);
    await send('workflow_job', job(1));
    await send('check_run', check(1));
    await send('check_suite', suite());
    await send('workflow_run', run());
    assert.deepEqual(await titles(world), ['job 1 passed of api']);
    const [event] = await world.events('type=check_suite');
    assert.match(
      (await world.type(`/webhook why ${event?.id}`)).text,
      /its workflow_job event already says this: job 1 passed of api \(event \d+\)/,
    );
  });

  it('is posted by the event that says it best, once such events come to the endpoint', async () => {
    await using world = await aWorld();
    const send = await github(world);
    await send('workflow_run', run('success', RUN - 1));
    await send('workflow_job', job(1));
    await send('workflow_job', job(2, 'failure'));
    await send('check_run', check(2, 'failure'));
    await send('check_suite', suite('failure'));
    await send('workflow_run', run('failure'));
    assert.deepEqual(await titles(world), ['CI passed on main of api', 'CI failed on main of api']);
    const [event] = await world.events('type=workflow_job');
    assert.match((await world.type(`/webhook why ${event?.id}`)).text, /its workflow_run event says this better/);
  });

  it('is posted again when it says something else: every job is heard of where no run is, and a failure after a success', async () => {
    await using world = await aWorld();
    const send = await github(world);
    await send('workflow_job', job(1));
    await send('workflow_job', job(2));
    await send('workflow_job', job(3, 'failure'));
    await send('workflow_run', run('failure'));
    assert.deepEqual(await titles(world), ['job 1 passed of api', 'job 2 passed of api', 'job 3 failed of api']);
  });

  it('is posted by the checks of other apps, not by their suite', async () => {
    await using world = await aWorld();
    const send = await github(world);
    await send('check_run', check(7, 'failure', 'coverage-bot'));
    await send('check_run', check(8, 'failure', 'coverage-bot'));
    await send('check_suite', suite('failure', 'coverage-bot'));
    assert.equal((await titles(world)).length, 2);
  });

  it('is posted once for a new branch and the push that made it, in either order, and every push after it', async () => {
    for (const order of [
      ['create', 'push'],
      ['push', 'create'],
    ]) {
      await using world = await aWorld();
      const send = await github(world);
      const payloads = {
        create: { ...REPOSITORY, ref: 'try', ref_type: 'branch', pusher_type: 'user', master_branch: 'main' },
        push: {
          ...REPOSITORY,
          ref: 'refs/heads/try',
          created: true,
          commits: [],
          pusher: { name: 'mona' },
          after: 'a1',
        },
      };
      for (const type of order) await send(type, payloads[type as keyof typeof payloads]);
      assert.deepEqual(await titles(world), ['mona created branch try of api'], order.join());
      for (const after of ['b2', 'c3']) {
        const commits = [{ id: after, message: `Change ${after}` }];
        await send('push', { ...payloads.push, created: false, after, commits });
      }
      assert.equal((await titles(world)).length, 3);
    }
  });

  it('is posted once for labels that are added together, and again for one that is added later', async () => {
    await using world = await aWorld();
    const send = await github(world);
    const labeled = (name: string, all: readonly string[]) => ({
      ...REPOSITORY,
      action: 'labeled',
      label: { name },
      issue: {
        number: 7,
        title: 'The door sticks',
        html_url: 'https://github.com/acme/api/issues/7',
        labels: all.map((label) => ({ name: label })),
        created_at: '2026-03-01T10:00:00Z',
        updated_at: '2026-03-02T10:00:00Z',
      },
    });
    await send('issues', labeled('bug', ['bug', 'ui']));
    await send('issues', labeled('ui', ['bug', 'ui']));
    await send('issues', labeled('urgent', ['bug', 'ui', 'urgent']));
    assert.equal((await titles(world)).length, 2);
  });

  it('is posted once for a payment, and each attempt that fails', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint(
      'stripe',
      'in #ops secret=whsec_dGhlIHNlY3JldCB0aGF0IHdhcyBnaXZlbiB0byB1cw==',
    );
    let sent = 0;
    const send = async (type: string, object: object) => {
      const payload = { id: `evt_${sent++}`, type, livemode: true, data: { object } };
      assert.equal((await world.deliver(endpoint, { payload })).status, 202);
      await world.settled();
    };
    const invoice = {
      object: 'invoice',
      id: 'in_1',
      number: 'A-1',
      amount_paid: 900,
      currency: 'usd',
      customer_name: 'Octo',
    };
    const intent = { object: 'payment_intent', id: 'pi_1', amount: 900, currency: 'usd', invoice: 'in_1' };
    const charge = {
      object: 'charge',
      id: 'ch_1',
      amount: 900,
      currency: 'usd',
      invoice: 'in_1',
      payment_intent: 'pi_1',
    };
    await send('invoice.paid', invoice);
    await send('invoice.payment_succeeded', invoice);
    await send('payment_intent.succeeded', intent);
    await send('charge.succeeded', charge);
    assert.deepEqual(await titles(world), ['Octo paid invoice A-1 for $9.00']);
    for (const id of ['ch_2', 'ch_3'])
      await send('charge.failed', { ...charge, id, invoice: 'in_2', payment_intent: 'pi_2' });
    assert.equal((await titles(world)).length, 3);
  });

  it('is posted once for a pipeline of GitLab and its jobs, and for a branch of Gitea and its push', async () => {
    await using world = await aWorld();
    const gitlab = await world.endpoint('gitlab', 'in #ops');
    const project = { name: 'api', path_with_namespace: 'acme/api', web_url: 'https://gitlab.example/acme/api' };
    const job = (build_id: number) => ({
      object_kind: 'build',
      build_id,
      build_name: `job ${build_id}`,
      build_status: 'failed',
      pipeline_id: 9,
      project,
    });
    const pipeline = { object_kind: 'pipeline', object_attributes: { id: 9, status: 'failed', ref: 'main' }, project };
    for (const [name, payload] of [
      ['Pipeline Hook', pipeline],
      ['Job Hook', job(1)],
      ['Job Hook', job(2)],
    ] as const)
      assert.equal((await world.deliver(gitlab, { payload, headers: { 'x-gitlab-event': name } })).status, 202);
    const gitea = await world.endpoint('gitea', 'in #code');
    const common = {
      repository: { name: 'api', full_name: 'acme/api', html_url: 'https://git.example/acme/api' },
      sender: { login: 'mona' },
    };
    const push = {
      ...common,
      ref: 'refs/heads/try',
      before: '0'.repeat(40),
      after: 'a1',
      commits: [],
      pusher: { login: 'mona' },
    };
    for (const [name, payload] of [
      ['push', push],
      ['create', { ...common, ref: 'try', ref_type: 'branch', sha: 'a1' }],
    ] as const)
      assert.equal((await world.deliver(gitea, { payload, headers: { 'x-gitea-event': name } })).status, 202);
    await world.settled();
    assert.deepEqual(await titles(world), ['Pipeline failed on main of api']);
    assert.deepEqual(await titles(world, 'code'), ['mona created branch try of api']);
  });

  it('is posted once for an order of Shopify that is paid at once, and every change after it', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('shopify', 'in #ops secret=shpss_0123456789abcdef');
    const order = {
      id: 5001,
      name: '#1042',
      order_number: 1042,
      financial_status: 'paid',
      total_price: '189.00',
      currency: 'EUR',
      line_items: [{ title: 'Lamp', quantity: 1 }],
      customer: { first_name: 'Mona' },
    };
    for (const [topic, change] of [
      ['orders/create', {}],
      ['orders/paid', {}],
      ['orders/updated', { updated_at: '2026-03-02T10:00:01Z' }],
      ['orders/cancelled', { cancelled_at: '2026-03-02T10:00:30Z' }],
    ] as const) {
      const headers = {
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': topic,
        'x-shopify-shop-domain': 'a.myshopify.com',
      };
      assert.equal((await world.deliver(endpoint, { payload: { ...order, ...change }, headers })).status, 202, topic);
      await world.settled();
    }
    assert.deepEqual(
      (await titles(world)).map((title) => title.replace(/ for .*/, '')),
      ['Mona ordered #1042', 'Order #1042 of Mona'],
    );
  });

  it('is known again after a restart, as far as it depends on which events come', async () => {
    const first = await aWorld();
    const endpoint = await first.endpoint('github', 'in #ops');
    await send(first, endpoint, 'workflow_run', run('success', RUN - 1));
    await first.app.stop();
    await using world = await aWorld({ folder: first.folder });
    const moved = { ...endpoint, url: endpoint.url.replace(first.publicUrl, world.publicUrl) };
    await send(world, moved, 'workflow_job', job(1, 'failure'));
    assert.deepEqual(await titles(world), ['CI passed on main of api']);
    await rm(first.folder, { recursive: true, force: true });
  });
});

async function send(world: World, endpoint: Endpoint, event: string, payload: object): Promise<void> {
  const response = await world.deliver(endpoint, { payload, headers: { 'x-github-event': event } });
  assert.equal(response.status, 202, event);
  await world.settled();
}

async function github(world: World) {
  const endpoint = await world.endpoint('github', 'in #ops');
  return (event: string, payload: object) => send(world, endpoint, event, payload);
}

/** The first lines of what was posted, oldest first. */
async function titles(world: World, channel = 'ops'): Promise<readonly string[]> {
  return (await world.messages(channel)).map(({ message }) => message.title?.text ?? '');
}
