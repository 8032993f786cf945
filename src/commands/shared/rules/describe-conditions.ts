import type { Route } from '../../../core/settings/endpoint.ts';

/** What a route asks of its events: `when type == 'push', filter about.state == 'open'`; nothing where it takes all. */
export function describeConditions({ when, filter, otherwise }: Pick<Route, 'when' | 'filter' | 'otherwise'>): string {
  return [
    ...(when ? [`when ${code(when)}`] : []),
    ...(filter ? [`filter ${code(filter)}`] : []),
    ...(otherwise ? ['otherwise: what no other condition takes'] : []),
  ].join(', ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
