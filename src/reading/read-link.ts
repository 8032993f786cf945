import { webUrl } from '../core/message/safe-link.ts';
import { remember } from '../core/remember.ts';
import { isSecretName } from '../core/text/secret-name.ts';
import { headOf, qualifierOf } from './payload/names.ts';
import type { Branch, Leaf, Walked } from './payload/walk.ts';
import type { Thing } from './thing/thing.ts';
import { HEADLINES, LINKS, NO_LINKS, PEOPLE, PLACES, PROSE, THINGS } from './vocabulary.ts';
import { addressesIn, addressOf } from './web-address.ts';

const HEADS = new Set(['url', 'link', 'href', 'uri', 'permalink', 'web', 'page', 'website', 'shortlink', 'shorturl']);
const UNLISTED = 50;
/** Where a link leads somewhere near, but not to the thing itself. */
const [IN_TEXT, OF_PLACE, OF_MACHINE, OF_PERSON] = [60, 90, 200, 150];

/** The page to open: the thing's own, then the event's, then one written in its text, then its place's. */
export function readLink({ branches, leaves }: Walked, thing: Thing | undefined): string | undefined {
  let best: { readonly cost: number; readonly url: string } | undefined;
  for (const leaf of leaves) {
    const named = costOf(leaf, thing?.branch);
    if (named !== undefined && (!best || named < best.cost)) {
      const address = addressOf(leaf.value);
      const cost = named + (address?.for === 'machines' ? OF_MACHINE : 0);
      if (address?.for === 'people' && (!best || cost < best.cost)) best = { cost, url: address.url };
    }
    const cost =
      named === undefined && (PROSE.has(leaf.name) || HEADLINES.has(leaf.name) || leaf.name === 'markdown')
        ? textCost(leaf)
        : undefined;
    if (cost === undefined || (best && cost >= best.cost) || typeof leaf.value !== 'string') continue;
    const [url] = addressesIn(leaf.value);
    if (url) best = { cost, url };
  }
  return browsePage(branches, thing, best?.cost) ?? best?.url;
}

function costOf({ name, owner, value }: Leaf, thing: Branch | undefined): number | undefined {
  if (typeof value !== 'string' || !/^\s*https?:\/\//i.test(value)) return undefined;
  const above = qualifierOf(owner.path.at(-1) ?? '');
  const namesNone = isNoLink(name) || isNoLink(above);
  if (isSecretName(name) || NO_LINKS.has(name) || (namesNone && !LINKS.has(name))) return undefined;
  // `links.html.href`, `_links.web` and the like: the name above says what it is.
  const linked = owner.path.findLastIndex((part) => part === 'links' || part === '_links');
  const holder = linked < 0 ? owner.path : owner.path.slice(0, linked);
  const kind =
    linked < 0
      ? name
      : ([...owner.path.slice(linked + 1), name].find((part) => part !== 'href' && part !== 'url') ?? name);
  if (NO_LINKS.has(kind)) return undefined;
  const far =
    /(?:^|_)(?:request|server|root|base|origin|endpoint|trigger|source|target)(?:_|$)/.test(name) && !LINKS.has(name)
      ? 80
      : 0;
  const rank = LINKS.get(kind) ?? (HEADS.has(headOf(kind)) || linked >= 0 ? UNLISTED : UNLISTED + 25);
  return rank + far + ownerCost(holder, owner, thing);
}

/** Whether a name speaks of something that has an address but no page, such as a picture or an API. */
const isNoLink = remember(2_000, (name) => name.split('_').some((word) => NO_LINKS.has(word)));

function ownerCost(path: readonly string[], owner: Branch, thing: Branch | undefined): number {
  const own =
    thing !== undefined &&
    thing.owner !== undefined &&
    path.length >= thing.path.length &&
    thing.path.every((part, index) => part === path[index]);
  const rest = own && thing ? path.slice(thing.path.length) : path;
  const away = rest.reduce((cost, part) => cost + distance(part), 0);
  return away - (own ? 30 : 0) + (owner.sample ? 60 : 0) + (owner.aside && !/links/.test(owner.path.join()) ? 40 : 0);
}

/** How far a link within an object of this name leads from the event. */
function distance(name: string): number {
  if (PEOPLE.has(name) || PEOPLE.has(headOf(name))) return OF_PERSON;
  if (NEARBY.test(name) || (PLACES.has(name) && name !== 'monitor' && name !== 'pipeline')) return OF_PLACE;
  return THINGS.has(name) ? 12 : 30;
}

/** What stands beside the thing: where it comes from, where it goes, what it was made of. */
const NEARBY =
  /^(?:attachments?|resume|scm|vcs|git|material.*|target|source|base|head|forkee|parent|previous|last_commit)$/;

function textCost({ owner }: Leaf): number | undefined {
  return owner.aside || owner.path.some((part) => PEOPLE.has(part))
    ? undefined
    : IN_TEXT + owner.path.length * 12 + (owner.sample ? 60 : 0);
}

/** Jira gives no page, only its API's address and the issue's key; a page somebody mentions in passing is another one. */
function browsePage(
  branches: readonly Branch[],
  thing: Thing | undefined,
  best: number | undefined,
): string | undefined {
  if (best !== undefined && best < IN_TEXT) return undefined;
  const places = thing ? [thing.branch, ...branches] : branches;
  for (const { leaves, aside, sample } of places) {
    if (aside || sample) continue;
    const key = find(leaves, 'key');
    const self = find(leaves, 'self');
    if (typeof key !== 'string' || typeof self !== 'string' || !ISSUE_KEY.test(key) || !self.includes('/rest/api/'))
      continue;
    return webUrl(`${self.split('/rest/api/')[0]}/browse/${key}`);
  }
  return undefined;
}

const ISSUE_KEY = /^[A-Z][A-Z\d_]{0,30}-\d{1,9}$/;

function find(leaves: readonly Leaf[], name: string): Leaf['value'] | undefined {
  return leaves.find((leaf) => leaf.name === name)?.value;
}
