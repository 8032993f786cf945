import assert from 'node:assert/strict';
import { aPullRequest } from '../relay/pull-request-course.ts';
import { aPush, type Endpoint, type World } from '../world.ts';
import { type Chat, eventually, type Shown } from './chat.ts';

/** What is filled into a form. */
type Values = Readonly<Record<string, string>>;

/** Where the story has come to. */
export interface Scene {
  readonly world: World;
  /** Does something, and gives back the first new message that reads like this. */
  watch(deed: () => Promise<unknown>, expected: RegExp): Promise<Shown>;
  /** Types a line, and gives back what comes of it: the first new message that reads like this. */
  say(line: string, expected: RegExp): Promise<Shown>;
  fill(line: string, values: Values | readonly Values[], expected: RegExp): Promise<Shown>;
  /** Fills in a form wrongly, reads what is said of it, and fills it in rightly. */
  correct(
    line: string,
    values: Parameters<Chat['correct']>[1],
    expected: { readonly mistake: RegExp; readonly expected: RegExp },
  ): Promise<Shown>;
  press(message: Shown, label: RegExp, expected: RegExp): Promise<Shown>;
  /** What shows all that can be done about a message: itself, or what its ⋯ brings. */
  behind(message: Shown): Promise<Shown>;
  /** Asks of a message why it came, by the message's menu or else by its button. */
  explain(message: Shown): Promise<Shown>;
  /** Delivers a push, signed for real, and gives back what the channel is told. */
  push(message: string, expected?: RegExp): Promise<Shown>;
  /** Delivers a push that nobody should hear of. */
  pushSilently(message: string): Promise<void>;
  /** The commands that were used so far. */
  readonly used: ReadonlySet<string>;
  endpoint: Endpoint;
  /** The endpoint's first message, and what shows all that can be done about it. */
  message: Shown;
  menu: Shown;
}

export interface Step {
  readonly title: string;
  tell(scene: Scene): Promise<void>;
}

const URL_PATTERN = /http:[^"`\s|>]+\/in\/[\w-]+/;
const SECRET_PATTERN = /\b[0-9a-f]{64}\b/;

/** A working day with Bellhop, the same on every chat. Each step stands on those before it. */
export const story: readonly Step[] = [
  {
    title: 'finds a sender by a part of its name, and how it is set up',
    async tell({ say }) {
      await say('/webhook providers strip', /1 provider with.*Stripe/s);
      await say('/webhook providers stripe', /Workbench/);
    },
  },
  {
    title: 'makes an endpoint by a form, and deletes it after asking',
    async tell({ say, fill, press }) {
      const made = await fill(
        '/webhook new',
        [{ provider: 'github' }, { as: 'first' }],
        /first is ready|first.*ready/s,
      );
      assert.match(made.text, URL_PATTERN);
      const question = await say('/webhook delete first', /Delete.*first/s);
      await press(question, /delete/i, /first.*is deleted/s);
    },
  },
  {
    title: 'makes an endpoint before it is known who sends, and says so once it is',
    async tell({ say, press }) {
      await say('/webhook new in #ops as later', /later.*waits for its first delivery/s);
      await say('/webhook sender later github', /later.*now accepts webhooks from GitHub/s);
      await press(await say('/webhook delete later', /Delete.*later/s), /delete/i, /later.*is deleted/s);
    },
  },
  {
    title: 'makes an endpoint by typing, and shows URL and secret once',
    async tell(scene) {
      const made = await scene.say('/webhook new github in #ops as api', /api.*ready/s);
      scene.endpoint = toEndpoint(made, scene.endpoint);
      const shown = await scene.say('/webhook show api', /GitHub/);
      assert.doesNotMatch(shown.text, SECRET_PATTERN);
      assert.doesNotMatch(shown.text, new RegExp(scene.endpoint.url));
    },
  },
  {
    title: 'tells a signed delivery, with buttons',
    async tell(scene) {
      scene.message = await scene.push('Fix the door');
      assert.match(scene.message.text, /octocat/);
      scene.menu = await scene.behind(scene.message);
      assert.deepEqual(
        ['Mute acme/api for 1 h', 'Why did I see this?', 'Show payload', 'Replay'].filter(
          (label) => !scene.menu.labels.includes(label),
        ),
        [],
      );
    },
  },
  {
    title: 'changes what a message says: a mistake is named, the mended text previewed, saved, used and undone',
    async tell({ say, correct, press, push, world }) {
      await say('/webhook template', /push.*came with Bellhop/s);
      const preview = await correct(
        '/webhook template edit push',
        {
          wrong: { text: '{{titel sender.login "threw something"}}' },
          right: { text: '{{title sender.login "threw" (plural commits "commit")}}' },
        },
        {
          mistake: /Line 1, column 3: .*no helper.*titel.*Did you mean.*title/s,
          expected: /\+ octocat threw 1 commit/,
        },
      );
      assert.match(preview.text, /- octocat pushed to main: Fix the door/);
      await press(preview, /^Save$/, /changed the template.*github\/push/s);
      await push('The door again', /octocat threw 1 commit/);
      await say('/webhook show api', /push.*changed for this endpoint/s);
      const { id } = (await world.events())[0] ?? assert.fail('there is no event');
      await say(`/webhook why ${id}`, /by.*github\/push for this endpoint, revision 1/s);
      await say('/webhook template history push', /1.*in use/s);
      await say('/webhook template diff push', /\+ \{\{title sender\.login "threw"/);
      await say('/webhook template undo push', /undid the latest change/);
      await push('The door at last');
      await world.settled();
    },
  },
  {
    title:
      'gives some events another severity, lists the rule and takes it back, and tries to hide the like of a message',
    async tell({ say, press, world }) {
      const set = await say(
        `/webhook set api severity=warning when="about.actor == 'nobody'"`,
        /set the severity of.*api.*to.*warning/s,
      );
      await say('/webhook rules api', /1 rule.*about\.actor == 'nobody'/s);
      await press(set, /^Undo$/, /removed a rule of.*api/s);
      const { id } = (await world.events())[0] ?? assert.fail('there is no event');
      await say(`/webhook fewer ${id} by=actor try`, /Tried: hide what octocat does.*Nothing is saved yet/s);
    },
  },
  {
    title: 'mutes by the message’s button, and holds what comes then',
    async tell({ press, pushSilently, say, menu }) {
      await press(menu, /^Mute acme/, /muted.*source=acme\/api/s);
      await pushSilently('Paint the door');
      await say('/webhook mutes', /1 mute.*1 held/s);
      await say('/webhook history api state=held', /Events of api/);
    },
  },
  {
    title: 'unmutes with a digest, and posts what was held on request',
    async tell({ say, press, world }) {
      const digest = await say('/webhook unmute api', /Mute ended: 1 event held/);
      await press(digest, /^Post it now$/, /Paint the door/);
      await world.settled();
    },
  },
  {
    title: 'mutes a part for a reason, says until when, and ends it',
    async tell({ say, push }) {
      await say('/webhook mute api source=acme/web for 2h because "deploy night"', /deploy night/);
      await push('Not muted at all');
      await say('/webhook mutes api', /deploy night/);
      await say('/webhook extend api by 1h', /extended the mute/);
      await say('/webhook unmute api source=acme/web', /Mute ended: nothing was held/);
    },
  },
  {
    title: 'pauses an endpoint and resumes it, and says whom it may be shared with',
    async tell({ say, push }) {
      await say('/webhook pause api because "deploy night"', /paused\W+api/);
      await say('/webhook resume api', /resumed.*api/s);
      await push('Posted again');
      await say('/webhook owner add api @nobody', /owner|nobody|mention/i);
    },
  },
  {
    title: 'finds events, shows what they carried, and tells them again',
    async tell({ say, world }) {
      await say('/webhook history api', /octocat/);
      const { id } = (await world.events()).at(-1) ?? assert.fail('there is no event');
      await say(`/webhook event ${id}`, /Delivery/);
      await say(`/webhook payload ${id}`, /"full_name": "acme\/api"/);
      await say(`/webhook reveal ${id}`, /Nothing is masked/);
      await say(`/webhook menu ${id}`, /Fix the door/);
      await say(`/webhook menu ${id} full=yes`, /Fix the door/);
      await say(`/webhook diff ${(await world.events())[0]?.id}`, /differences|difference/);
      await say(`/webhook replay ${id}`, /Fix the door/);
      await world.settled();
    },
  },
  {
    title: 'keeps in a message who looks after the thing, what was noted, and who closed it',
    async tell({ say, world, watch, endpoint }) {
      await watch(() => world.deliver(endpoint, aPullRequest().opened()), /Raise left-pad/);
      await world.settled();
      const { id } = (await world.events())[0] ?? assert.fail('there is no event');
      const steps = [
        [`acknowledge ${id}`, /Acknowledged by .* on /],
        [`unack ${id}`, /took back the acknowledgement/],
        [`note ${id} text="Ask the painter"`, /Note: Ask the painter/],
        [`resolve ${id}`, /resolved here by .* on /],
        [`reopen ${id}`, /reopened/],
      ] as const;
      for (const [line, expected] of steps) {
        await say(`/webhook ${line}`, expected);
        await world.settled();
      }
    },
  },
  {
    title: 'says why a message came, typed and asked of the message itself',
    async tell({ say, explain, world, message }) {
      const { id } = (await world.events()).at(-1) ?? assert.fail('there is no event');
      await say(`/webhook why ${id}`, /verified by/);
      assert.match((await explain(message)).text, /verified by.*posted/s);
      await say('/webhook why-not api', /What.*api.*received in the last 24 hours/s);
      await say('/webhook failed', /Nothing has failed/);
    },
  },
  {
    title: 'votes on an event and counts what nobody reacted to, and says how often an endpoint delivers',
    async tell({ say, world }) {
      const { id } = (await world.events()).at(-1) ?? assert.fail('there is no event');
      await say(`/webhook vote ${id} down`, /Noted: .*Fewer like this/s);
      await say('/webhook noise', /octocat|acme\/api/);
      await say('/webhook expect api every 1h', /api.*is expected to deliver/s);
      await say('/webhook recover api forget', /token of.*api.*is forgotten/s);
    },
  },
  {
    title: 'links a login to whoever asks, and keeps what they want of pings',
    async tell({ say }) {
      await say('/webhook people link octocat', /octocat.*now means/s);
      await say('/webhook people me pings=off', /no pings/);
      await say('/webhook people', /1 person.*octocat.*no pings/s);
      await say('/webhook people unlink octocat', /means nobody here any more/);
    },
  },
  {
    title: 'renames an endpoint, and rotates its secret without losing a delivery',
    async tell(scene) {
      await scene.say('/webhook rename api alerts', /api.*is now.*alerts/s);
      const rotated = await scene.say('/webhook rotate alerts', /new secret/);
      await scene.push('Signed with the old secret');
      const [secret = ''] = SECRET_PATTERN.exec(rotated.text) ?? [];
      scene.endpoint = { ...scene.endpoint, name: 'alerts', secret };
      await scene.push('Signed with the new secret');
    },
  },
  {
    title: 'finds out how a refused delivery was signed, takes that secret by a button, and shows the scheme',
    async tell(scene) {
      const secret = 'the-secret-that-the-sender-has';
      assert.equal((await scene.world.deliver({ ...scene.endpoint, secret }, aPush())).status, 401);
      const found = await scene.say(`/webhook identify alerts secret=${secret}`, /The scheme is found/);
      assert.doesNotMatch(found.text, new RegExp(secret));
      await scene.press(found, /^Take this secret$/, /alerts.*takes deliveries of GitHub/s);
      await scene.say('/webhook scheme alerts', /How alerts is verified/);
      scene.endpoint = { ...scene.endpoint, secret };
      await scene.push('Signed with the secret that was found');
    },
  },
  {
    title: 'leads an endpoint to a second channel and back',
    async tell({ say, push, pushSilently, world }) {
      await say('/webhook route alerts add #deploys', /now posts.*#deploys/s);
      await push('Told in both', /Told in both/);
      await world.settled();
      await say('/webhook route alerts remove #deploys', /no longer posts.*#deploys/s);
      await say('/webhook mute alerts confirm for 1h', /muted/);
      await pushSilently('Told in neither');
      await say('/webhook unmute alerts', /Mute ended/);
    },
  },
  {
    title: 'sends a signed test through the public URL and reports each step',
    async tell({ say, world }) {
      const report = await say('/webhook test alerts push', /alerts (works|does not)/);
      assert.match(report.text, /alerts works.*Kept as event.*Posted in.*#ops/s);
      await world.settled();
    },
  },
  {
    title: 'lists what there is and what can be typed',
    async tell({ say }) {
      await say('/webhook list', /alerts/);
      const help = await say('/webhook help', /Commands.*post webhooks|Bellhop posts webhooks/s);
      assert.match(help.text, /\/webhook mute/);
      await say('/webhook help mute', /because/);
    },
  },
  {
    title: 'shows admins who changed what and at which address it is reached, and others that they may not see it',
    async tell({ say }) {
      await say('/webhook audit', /renamed api to alerts|Only an admin may use/);
      await say('/webhook address', /address|reach|Only an admin may use/i);
    },
  },
  {
    title: 'answers mistakes with what to do',
    async tell({ say }) {
      await say('/webhook show nobody', /no endpoint.*nobody/is);
      await say('/webhook new githup', /githup.*github/s);
    },
  },
  {
    title: 'deletes the endpoint after asking, and says so when an old button is pressed',
    async tell({ say, press, world, endpoint, menu }) {
      await press(await say('/webhook delete alerts', /Delete.*alerts/s), /delete/i, /alerts.*is deleted/s);
      assert.equal((await world.deliver(endpoint, aPush())).status, 404);
      await say('/webhook list', /There is no endpoint yet/);
      await press(menu, /^Mute acme/, /no endpoint/i);
    },
  },
];

/** The story's beginning, at one chat. */
export function aScene(chat: Chat, world: World): Scene {
  const used = new Set<string>();

  async function watch(deed: () => Promise<unknown>, expected: RegExp): Promise<Shown> {
    const before = new Set((await chat.seen()).map(({ key }) => key));
    await deed();
    let fresh: readonly Shown[] = [];
    return eventually(async () => {
      fresh = (await chat.seen()).filter(({ key }) => !before.has(key));
      return fresh.find(({ text }) => expected.test(text));
    }, `a new message like ${expected}`).catch((error: Error) => {
      throw new Error(`${error.message} New are:\n${fresh.map(({ text }) => text).join('\n---\n')}`);
    });
  }

  function note(line: string): string {
    used.add(/^\/webhook ([\w-]+)/.exec(line)?.[1] ?? '');
    return line;
  }

  const scene: Scene = {
    world,
    used,
    watch,
    endpoint: { name: 'api', provider: 'github', id: '', url: '', secret: '' },
    message: { key: '', channel: '', text: '', labels: [] },
    menu: { key: '', channel: '', text: '', labels: [] },
    say: (line, expected) => watch(() => chat.type(note(line)), expected),
    fill: (line, values, expected) => watch(() => chat.fill(note(line), ...[values].flat()), expected),
    correct: (line, values, { mistake, expected }) =>
      watch(async () => assert.match(await chat.correct(note(line), values), mistake), expected),
    press(message, label, expected) {
      const found = message.labels.find((candidate) => label.test(candidate));
      if (!found) throw new Error(`no button ${label} among ${message.labels.join(', ') || 'none'}`);
      return watch(() => chat.press(message, found), expected);
    },
    behind: async (message) => (message.labels.includes('⋯') ? scene.press(message, /⋯/, /./) : message),
    explain: (message) =>
      watch(() => chat.explain?.(message) ?? chat.press(message, 'Why did I see this?'), /verified by/),
    push: (message, expected = new RegExp(message)) => watch(() => deliver(message), expected),
    async pushSilently(message) {
      const before = (await chat.seen()).length;
      await deliver(message);
      await world.settled();
      assert.equal((await chat.seen()).length, before);
    },
  };
  async function deliver(message: string): Promise<void> {
    assert.equal((await world.deliver(scene.endpoint, aPush({ message }))).status, 202);
  }
  return scene;
}

/** An endpoint as the reply that made it tells of it. */
export function toEndpoint({ text }: Shown, endpoint: Endpoint): Endpoint {
  const [url = ''] = URL_PATTERN.exec(text) ?? [];
  const [secret = ''] = SECRET_PATTERN.exec(text) ?? [];
  return { ...endpoint, url, secret };
}
