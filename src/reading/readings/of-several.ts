import type { About } from '../../core/event/about.ts';
import { countStates, mostSevere, worstOf } from '../like/count-states.ts';
import type { LikeThings } from '../like/like-things.ts';
import { toTable } from '../like/to-table.ts';
import { singular, spoken } from '../payload/names.ts';
import type { Unwrapped } from '../payload/unwrap.ts';
import { walk } from '../payload/walk.ts';
import { readLink } from '../read-link.ts';
import { readMoment } from '../read-moment.ts';
import { readLabels, readSource } from '../read-place.ts';
import { readSeverity } from '../read-severity.ts';
import { readState } from '../read-state.ts';
import { readType, typeWords } from '../read-type.ts';
import { headlineOf } from '../words.ts';
import { lazily } from './lazily.ts';
import { NOTHING, type Reading } from './reading.ts';
import { withoutNothing } from './without-nothing.ts';

/** As many are read to see what all have in common. */
const READ = 20;
/** Names of lists that say no more than that there are several. */
const PLAIN = /^(?:data|payload|body|events?|items|records|value|messages|notifications?|results?|mandrill_events)$/;

/** Several events in one delivery make one message: how many, in which states, with the highest severity. */
export function ofSeveral({ events, count, name, type }: Extract<Unwrapped, { kind: 'several' }>): Reading {
  const table = lazily(() => toTable({ name: name ?? 'events', items: events, count }));
  const walks = lazily(() => events.slice(0, READ).map((event) => walk(event)));
  const types = lazily(() => walks().map((walked) => readType(walked)));
  const own = type ?? common(types());
  const about = (given: string): About => {
    const noun = name && !PLAIN.test(name) ? spoken(name) : 'events';
    const things = `${count.toLocaleString('en-US')} ${count === 1 ? singular(noun) : noun}`;
    const words = spoken(typeWords(given === 'event' ? '' : given).join(' '));
    const said =
      countStates(table()) ??
      (words && !/^events?$/.test(words) ? words : undefined) ??
      countTypes(types(), count) ??
      names(table());
    const [first] = walks();
    const severities = walks().map((walked, index) =>
      readSeverity({ walked, state: readState(walked), typeWords: typeWords(types()[index] ?? given), said: [] }),
    );
    return withoutNothing({
      title: said ? `${things}: ${said}` : things,
      url: table().rows.find(({ url }) => url)?.url ?? (first && readLink(first, undefined)),
      source: common(walks().map(readSource)),
      severity: mostSevere([worstOf(table()), ...severities]),
      occurredAt: first && readMoment(first),
      labels: commonLabels(walks().map(readLabels)),
    });
  };
  return {
    ...NOTHING,
    type: own,
    about,
    get likeThings() {
      return table();
    },
  };
}

/** What is the same in all of them. */
function common(values: readonly (string | undefined)[]): string | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function commonLabels(all: readonly About['labels'][]): About['labels'] {
  const [first] = all;
  const shared = Object.entries(first ?? {}).filter(([name, value]) => all.every((labels) => labels?.[name] === value));
  return shared.length > 0 ? Object.fromEntries(shared) : undefined;
}

/** `2 delivered, 1 bounce`: how many there are of which type. */
function countTypes(types: readonly (string | undefined)[], count: number): string | undefined {
  const kinds = Map.groupBy(types, (type) => spoken(typeWords(type ?? '').join(' ')));
  if (types.length < count || kinds.size > 4 || kinds.has('')) return undefined;
  return [...kinds].map(([kind, those]) => `${those.length} ${kind}`).join(', ');
}

function names({ rows, columns }: LikeThings): string | undefined {
  if (columns.length === 0) return undefined;
  const first = rows
    .slice(0, 3)
    .flatMap(({ cells: [cell] }) => (typeof cell === 'string' ? (headlineOf(cell, 40) ?? []) : []));
  return first.length > 0 ? `${first.join(', ')}${rows.length > first.length ? ', …' : ''}` : undefined;
}
