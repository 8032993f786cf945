import type { About } from '../../core/event/about.ts';
import { countStates, worstOf } from '../like/count-states.ts';
import type { LikeThings } from '../like/like-things.ts';
import { toTable } from '../like/to-table.ts';
import { singular, spoken } from '../payload/names.ts';
import type { Unwrapped } from '../payload/unwrap.ts';
import { walk } from '../payload/walk.ts';
import { readLink } from '../read-link.ts';
import { readMoment } from '../read-moment.ts';
import { readLabels, readSource } from '../read-place.ts';
import { readSeverity } from '../read-severity.ts';
import { readType, typeWords } from '../read-type.ts';
import { headlineOf } from '../words.ts';
import { lazily } from './lazily.ts';
import { NOTHING, type Reading } from './reading.ts';
import { withoutNothing } from './without-nothing.ts';

/** Several events in one delivery are told together: how many, how they stand, and the gravest for all. */
export function ofSeveral({ events, count, name, type }: Extract<Unwrapped, { kind: 'several' }>): Reading {
  const table = lazily(() => toTable({ name: name ?? 'events', items: events, count }));
  const first = lazily(() => walk(events[0] ?? {}));
  const own = type ?? readType(first());
  const known = (given: string): About => {
    const [states, severity] = [countStates(table()), worstOf(table())];
    const noun =
      name &&
      !/^(?:data|payload|body|events?|items|records|value|messages|notifications?|results?|mandrill_events)$/.test(name)
        ? spoken(name)
        : 'events';
    const things = `${count.toLocaleString('en-US')} ${count === 1 ? singular(noun) : noun}`;
    const words = spoken(typeWords(given === 'event' ? '' : given).join(' '));
    const said = states ?? (words && !/^events?$/.test(words) ? words : names(table()));
    return withoutNothing({
      title: said ? `${things}: ${said}` : things,
      url: table().rows.find(({ url }) => url)?.url ?? readLink(first(), undefined),
      source: readSource(first()),
      severity: severity ?? readSeverity({ walked: first(), state: undefined, typeWords: typeWords(given), said: [] }),
      occurredAt: readMoment(first()),
      labels: readLabels(first()),
    });
  };
  return {
    ...NOTHING,
    type: own,
    about: known,
    get likeThings() {
      return table();
    },
  };
}

function names({ rows, columns }: LikeThings): string | undefined {
  if (columns.length === 0) return undefined;
  const first = rows
    .slice(0, 3)
    .flatMap(({ cells: [cell] }) => (typeof cell === 'string' ? (headlineOf(cell, 40) ?? []) : []));
  return first.length > 0 ? `${first.join(', ')}${rows.length > first.length ? ', …' : ''}` : undefined;
}
