import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { Signature } from '../../src/core/provider/signature.ts';
import { rsa } from '../doubles/test-keys.ts';
import { type Json, merge, providers, tell, templates } from '../render/tell-sample.ts';
import { aWorld, type Endpoint, type World } from '../world.ts';

describe('what build servers and scanners send of one thing', () => {
  it('is posted once: a build of Jenkins that is completed and finalized, a workflow of CircleCI with its jobs', async () => {
    await using world = await aWorld();
    const jenkins = await world.endpoint('jenkins', 'in #builds');
    const build = sampleOf('jenkins', 'build.failure');
    await send(world, jenkins, merge(build, { build: { phase: 'STARTED', status: null } }));
    assert.deepEqual(await titles(world, 'builds'), []);
    await send(world, jenkins, merge(build, { build: { phase: 'COMPLETED', timestamp: 1772444851300 } }));
    await send(world, jenkins, merge(build, { build: { timestamp: 1772444851400 } }));
    assert.deepEqual(await titles(world, 'builds'), ['acme/api/main #318 failed']);

    const circle = await world.endpoint('circleci', 'in #workflows');
    const workflow = sampleOf('circleci', 'workflow-completed');
    const job = { id: 'j-1', name: 'unit-tests', status: 'success' };
    await send(world, circle, workflow);
    await send(world, circle, { ...workflow, id: 'other', type: 'job-completed', job });
    assert.deepEqual(await titles(world, 'workflows'), ['Workflow build-and-deploy failed on main of api']);
  });

  it('is followed: a gate that opens folds the message of its failure, and a test without news is not posted', async () => {
    await using world = await aWorld();
    const sonar = await world.endpoint('sonarqube', 'in #quality');
    const shut = sampleOf('sonarqube', 'quality_gate.error');
    await send(world, sonar, shut);
    await send(world, sonar, {
      ...shut,
      taskId: 'later',
      changedAt: '2026-03-02T10:47:31+0000',
      qualityGate: { name: 'Acme way', status: 'OK', conditions: [] },
    });
    const [gate, ...others] = await world.messages('quality');
    assert.deepEqual(others, []);
    assert.match(gate?.message.title?.text ?? '', /^Quality gate of API passed on main/);
    assert.equal(gate?.message.body.includes('Coverage'), false);

    const snyk = await world.endpoint('snyk', 'in #security');
    await send(world, snyk, sampleOf('snyk', 'default'));
    assert.deepEqual(await titles(world, 'security'), []);
  });
});

describe('messages of build servers', () => {
  it('say of a build of Buildkite that it waits for somebody, and of a job that may fail that it did', () => {
    const blocked = tell('buildkite', 'build.finished', { build: { state: 'passed', blocked: true } });
    assert.equal(blocked.title?.text, 'API #318 waits for somebody to unblock it on main');
    assert.equal(blocked.severity, 'warning');
    const soft = tell('buildkite', 'job.finished', { job: { soft_failed: true } });
    assert.deepEqual(
      [soft.title?.text, soft.severity],
      ['Job Unit tests failed, and that is allowed, on main of API', 'warning'],
    );
  });

  it('read alike from TeamCity itself and from its plugin', () => {
    const plugin = tell('teamcity', 'default', {
      build: {
        notifyType: 'buildFinished',
        buildResult: 'failure',
        buildResultDelta: 'broken',
        buildStatus: 'Exit code 1',
      },
    });
    assert.deepEqual([plugin.title?.text, plugin.severity], ['Acme / API / Build #318 broke on main', 'critical']);
    assert.match(plugin.body, /^Exit code 1 · by Mona Lisa/);
    assert.equal(tell('teamcity', 'BUILD_FINISHED').title?.text, 'Acme / API / Build #318 failed on main');
  });

  it('read alike from Harbor in both of its formats', () => {
    const pushed = sampleOf('harbor', 'PUSH_ARTIFACT');
    const event = tell('harbor', 'SCANNING_COMPLETED', {
      type: 'harbor.artifact.pushed',
      operator: 'mona',
      data: pushed.event_data,
    });
    assert.equal(event.title?.text, tell('harbor', 'PUSH_ARTIFACT').title?.text);
  });

  it('name a notification of Argo CD by what the application is like, also where that is all there is', () => {
    const app = sampleOf('argo-cd', 'app-health-degraded').app as Json;
    const alone = tell('argo-cd', 'app-health-degraded', { app: null, ...app });
    assert.equal(alone.title?.text, 'shop is degraded');
    assert.match(alone.body, /Deployment \*\*shop\*\*/);
  });

  it('say whether a run of Terraform failed or was given up', () => {
    const line = (run_status: string) => {
      const [first] = sampleOf('terraform', 'run.errored').notifications as readonly Json[];
      const { title, mark } = tell('terraform', 'run.errored', { notifications: [{ ...first, run_status }] });
      return [title?.text, mark];
    };
    assert.deepEqual(line('errored'), ['Run of shop-production failed', 'failed']);
    assert.deepEqual(line('discarded'), ['Run of shop-production was discarded', 'neutral']);
  });
});

it('reads of a form of Travis CI only the field that is signed, whatever else it holds', async () => {
  const signature = providers.get('travis-ci')?.signature as Signature;
  const payload = '{"status_message":"Passed"}';
  const form = `payload=${encodeURIComponent(payload)}`;
  const delivery = (body: string) =>
    parseDelivery({
      method: 'POST',
      url: '/in/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      query: {},
      body: Buffer.from(body),
      receivedAt: new Date(),
      remoteAddress: '',
    });
  const config = JSON.stringify({ config: { notifications: { webhook: { public_key: rsa.publicPem } } } });
  const context = { url: '', options: {}, fetch: async () => config };
  const proof = signature.sign(delivery(form), rsa.privatePem, context);
  const forged = delivery(`${form}&payload=${encodeURIComponent('{"status_message":"Broken"}')}`);
  const verdict = await signature.verify({ ...forged, headers: { ...forged.headers, ...proof } }, [], context);
  assert.equal(verdict.ok && verdict.inner?.toString(), payload);
});

function sampleOf(provider: string, type: string): Json {
  const sample = templates.samples.of(provider).get(type);
  assert.ok(sample, `${provider}/${type}`);
  return JSON.parse(sample.body.toString());
}

async function send(world: World, endpoint: Endpoint, payload: object): Promise<void> {
  assert.equal((await world.deliver(endpoint, { payload, headers: {} })).status, 202);
  await world.settled();
}

/** The first lines of what was posted, oldest first. */
async function titles(world: World, channel: string): Promise<readonly string[]> {
  return (await world.messages(channel)).map(({ message }) => message.title?.text ?? '');
}
