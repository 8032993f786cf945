import type { Headers } from '../core/delivery/delivery.ts';
import type { About } from '../core/event/about.ts';
import { environmentOf } from '../core/event/about.ts';
import type { ConditionAbout, ConditionInput } from '../core/event/condition.ts';
import { defineParts } from '../core/lazy-parts.ts';
import type { Severity } from '../core/message/severity.ts';
import type { Incoming } from '../core/provider/provider.ts';
import { MASK } from '../core/text/mask-secrets.ts';

export interface InputFacts {
  readonly type: string;
  readonly provider: string;
  readonly endpoint: string;
  readonly about: About;
  readonly severity: Severity;
  /** The event as it came, where it is at hand. */
  readonly incoming: Pick<Incoming, 'payload' | 'headers'> | undefined;
  readonly now: Date;
}

/** What conditions see of an event. Each part is read when one first asks for it. */
export function toInput({ type, provider, endpoint, about, severity, incoming, now }: InputFacts): ConditionInput {
  const ground = { about, payload: () => incoming?.payload };
  return addIncoming({ type, provider, endpoint, now, about: addAbout({ severity }, ground) }, incoming);
}

const addIncoming = defineParts<Pick<ConditionInput, 'payload' | 'headers'>, InputFacts['incoming']>({
  payload: (incoming) => incoming?.payload,
  headers: (incoming) => toHeaders(incoming?.headers ?? {}),
});

/** The names that an about has, and some that conditions need besides. A text that is not known is empty. */
const addAbout = defineParts<
  Omit<ConditionAbout, 'severity'>,
  { readonly about: About; readonly payload: () => unknown }
>({
  title: ({ about }) => about.title,
  url: ({ about }) => about.url ?? '',
  source: ({ about }) => about.source ?? '',
  actor: ({ about }) => about.actor ?? '',
  subject: ({ about }) => about.subject ?? '',
  state: ({ about }) => about.state ?? '',
  occurredAt: ({ about }) => about.occurredAt ?? '',
  labels: ({ about }) => about.labels ?? {},
  environment: ({ about }) => environmentOf(about) ?? '',
  branch: ({ about, payload }) => about.labels?.branch ?? branchIn(payload()),
  paths: ({ payload }) => pathsIn(payload()),
  tags: ({ about, payload }) => [
    ...tagsIn(payload()),
    ...Object.entries(about.labels ?? {}).map(([name, value]) => `${name}=${value}`),
  ],
});

function toHeaders(headers: Headers): Readonly<Record<string, string>> {
  const shown = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return Object.fromEntries(shown.filter(([, value]) => value !== MASK));
}

const REF = /^refs\/heads\/(.+)$/;

function branchIn(payload: unknown): string {
  return REF.exec(String(partOf(payload, 'ref')))?.[1] ?? '';
}

/** Commits and files of each that are looked at. */
const COMMITS = 300;
const FILES = 3_000;

/** The files of all commits, as code hosts name them. */
function pathsIn(payload: unknown): readonly string[] {
  const found = new Set<string>();
  for (const commit of listOf(partOf(payload, 'commits')).slice(0, COMMITS))
    for (const change of ['added', 'modified', 'removed'])
      for (const path of listOf(partOf(commit, change)))
        if (typeof path === 'string' && found.size < FILES) found.add(path);
  return [...found];
}

const LABELLED = ['pull_request', 'issue', 'merge_request', 'object_attributes', 'discussion'];

/** The labels of the thing that a payload is about, as trackers and code hosts name them. */
function tagsIn(payload: unknown): readonly string[] {
  const lists = [payload, ...LABELLED.map((name) => partOf(payload, name))].map((thing) => partOf(thing, 'labels'));
  const names = lists
    .flatMap(listOf)
    .map((label) => (typeof label === 'string' ? label : (partOf(label, 'name') ?? partOf(label, 'title'))));
  return [...new Set(names.filter((name) => typeof name === 'string'))];
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
