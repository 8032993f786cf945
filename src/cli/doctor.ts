import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { at, textAt } from '../core/delivery/readers.ts';
import { AppError, badRequest } from '../core/errors.ts';
import type { Diagnosis, Finding } from '../core/platform/diagnosis.ts';
import { OPEN_PATHS } from '../core/settings/address.ts';
import { plural } from '../core/text/line.ts';
import { didYouMean } from '../core/text/nearest.ts';
import { createApi } from './shared/api.ts';
import { publicAddress } from './shared/public-address.ts';
import { defineVerb, type Place, type Value, type VerbParts } from './shared/verb.ts';

const TIMEOUT = 5_000;

export default defineVerb({
  summary: 'Check this installation, and say how to fix each thing that is wrong',
  usage: '[--post <platform>:#channel]',
  examples: ['bellhop doctor --post slack:#ops'],
  options: { post: { type: 'string' } },
  optionHelp: { post: 'where to post a test message, such as "slack:#ops"' },
  async run({ values }, { place, open, print, checkDatabase, diagnoses }) {
    const trials = toTrials(diagnoses, values.post);
    const database = await checkDatabase();
    const findings = [
      await checkFolder(place.dataFolder),
      ...(database ? [database] : []),
      ...(await checkSettings(open)),
      await checkHere(place),
      await checkPublic(place, open),
      ...(await checkPlatforms(place.localUrl)),
      ...(await Promise.all(trials.map(tryOut))).flat(),
    ];
    for (const { ok, what, todo } of findings) {
      print(`${ok ? 'ok   ' : 'FIX  '} ${what}`);
      if (!ok && todo) print(`      ${todo}`);
    }
    const wrong = findings.filter(({ ok }) => !ok).length;
    print(wrong === 0 ? '\nNothing to fix.' : `\n${plural(wrong, 'thing')} to fix.`);
    return wrong === 0 ? 0 : 1;
  },
});

interface Trial {
  readonly diagnosis: Diagnosis;
  readonly postTo?: string;
}

function toTrials(diagnoses: readonly Diagnosis[], post: Value): readonly Trial[] {
  if (typeof post !== 'string') return diagnoses.map((diagnosis) => ({ diagnosis }));
  const [platform = '', postTo = ''] = post.split(/:(.*)/s);
  if (postTo === '' || !diagnoses.some(({ name }) => name === platform)) {
    const known = diagnoses.map(({ name }) => `\`${name}:#ops\``).join(' or ');
    throw badRequest(
      `\`${post}\` is not a channel that a test message can go to.${known ? ` Name one like ${known}.` : ' No chat service has its tokens yet.'}`,
    );
  }
  return diagnoses.map((diagnosis) => (diagnosis.name === platform ? { diagnosis, postTo } : { diagnosis }));
}

async function tryOut({ diagnosis, postTo }: Trial): Promise<readonly Finding[]> {
  const findings = await diagnosis.run(postTo === undefined ? {} : { postTo });
  return findings.map((finding) => ({ ...finding, what: `${diagnosis.title}: ${finding.what}` }));
}

async function checkFolder(folder: string): Promise<Finding> {
  try {
    await access(folder, constants.R_OK | constants.W_OK);
    const key = await stat(join(folder, 'key')).catch(() => undefined);
    if (key && key.mode & 0o077)
      return {
        ok: false,
        what: `\`${join(folder, 'key')}\` can be read by others`,
        todo: `chmod 600 ${join(folder, 'key')}`,
      };
    return { ok: true, what: `the data folder \`${folder}\` can be written to` };
  } catch {
    return {
      ok: false,
      what: `the data folder \`${folder}\` cannot be written to`,
      todo: 'Start Bellhop once to make it, or give this user the right to write there.',
    };
  }
}

async function checkSettings(open: VerbParts['open']): Promise<readonly Finding[]> {
  try {
    const { settings, providers } = await open();
    const { endpoints } = await settings();
    const strays = endpoints.filter(({ provider }) => !providers.has(provider));
    return [
      { ok: true, what: `the settings can be read: ${plural(endpoints.length, 'endpoint')}` },
      ...strays.map(({ name, provider }) => ({
        ok: false,
        what: `\`${name}\` is for \`${provider}\`, which is not a provider here`,
        todo: `Its deliveries are answered 404. Correct its \`provider\` in the settings.${didYouMean(provider, providers.keys())}`,
      })),
    ];
  } catch (error) {
    return [{ ok: false, what: 'the settings cannot be read', todo: (error as Error).message }];
  }
}

/** The Bellhop of this machine, which has to be the one that uses this data folder. */
async function checkHere(place: Place): Promise<Finding> {
  const found = await checkReachable('this machine', place.localUrl, 'Start Bellhop with `npm start`.');
  if (!found.ok || !(await askRunning(place)).refuses) return found;
  return {
    ok: false,
    what: `another Bellhop answers at ${place.localUrl}: it does not know the admin token of \`${place.dataFolder}\``,
    todo: 'Set DATA_DIR to the folder that it uses, or PORT to the port of the one that uses this folder.',
  };
}

/** What the Bellhop that runs here says: whether it refuses our admin token, and its public address where that leads elsewhere. */
async function askRunning(place: Place): Promise<{ readonly refuses?: true; readonly lost?: string }> {
  try {
    const { body } = await createApi(place).ask('/address?try=true');
    const url = textAt(body, 'url');
    return url !== undefined && at(body, 'reached') === false ? { lost: url } : {};
  } catch (error) {
    return error instanceof AppError && error.status === 401 ? { refuses: true } : {};
  }
}

/** The address that providers use: the environment's, else the one that an admin set. */
async function checkPublic(place: Place, open: VerbParts['open']): Promise<Finding> {
  // That the settings cannot be read has been said already.
  const address = await publicAddress(place, open).catch(() => undefined);
  if (address === undefined || address.url === place.localUrl)
    return {
      ok: false,
      what: 'PUBLIC_URL is not set',
      todo: `Providers elsewhere cannot reach this machine’s own address. Set PUBLIC_URL to the address they can reach. They need ${listed(OPEN_PATHS)} there, and nothing else: the page may stay inside.`,
    };
  const { url, setBy } = address;
  const name = setBy === 'admin' ? 'set by an admin' : 'PUBLIC_URL';
  const todo = `Check DNS, the certificate, and that the proxy passes ${listed(OPEN_PATHS)} on to this machine.`;
  const found = await checkReachable(name, url, todo);
  if (!found.ok && !(await takesDeliveries(url))) return found;
  const { lost } = await askRunning(place);
  // Another Bellhop answers in the same way.
  if (lost === url)
    return { ok: false, what: `${url} (${name}) leads to another Bellhop than the one that runs here`, todo };
  if (found.ok) return found;
  return { ok: true, what: `Bellhop takes deliveries at ${url} (${name}), and does not show its page there` };
}

/** Whether the path of deliveries is answered as Bellhop answers for an endpoint that does not exist. */
async function takesDeliveries(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/in/doctor`, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'manual' });
    return response.status === 404 && textAt(await response.json(), 'code') === 'not_found';
  } catch {
    return false;
  }
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

async function checkReachable(name: string, url: string, todo: string): Promise<Finding> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(TIMEOUT), redirect: 'manual' });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && textAt(answer, 'status') === 'alive')
      return { ok: true, what: `Bellhop answers at ${url} (${name})` };
    return {
      ok: false,
      what: `${url} (${name}) answered ${response.status}, but did not say that it is Bellhop`,
      todo,
    };
  } catch (error) {
    const cause = (error as Error).cause;
    return {
      ok: false,
      what: `nothing answers at ${url} (${name}): ${cause instanceof Error ? cause.message : (error as Error).message}`,
      todo,
    };
  }
}

async function checkPlatforms(url: string): Promise<readonly Finding[]> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TIMEOUT) });
    const answer: unknown = await response.json();
    return [
      ...stateOf(answer, 'journal', 'Free space on the disk, or give this user the right to write there.'),
      ...Object.keys(Object(at(answer, 'platforms'))).flatMap((name) => stateOf(answer, `platforms.${name}`)),
    ];
  } catch {
    // That nothing answers, or something other than Bellhop, has been said already.
    return [];
  }
}

/** How one part of a running Bellhop says it is; nothing where the answer does not say. */
function stateOf(answer: unknown, path: string, todo?: string): readonly Finding[] {
  const [ready, detail] = [at(answer, `${path}.ready`), textAt(answer, `${path}.detail`)];
  if (typeof ready !== 'boolean') return [];
  const name = path === 'journal' ? 'the journal' : path.slice('platforms.'.length);
  return [{ ok: ready, what: `${name}: ${detail ?? (ready ? 'ready' : 'not ready')}`, ...(todo && { todo }) }];
}
