import type { Route } from '../../../core/settings/endpoint.ts';
import { describeHolds } from '../../../core/settings/route-hold.ts';

type Asked = Pick<Route, 'when' | 'filter' | 'otherwise' | 'digest' | 'quiet'>;

/** What a route asks of its events, and when it gathers them: `when type == 'push', filter about.state == 'open'`; nothing where it takes all. */
export function describeConditions({ when, filter, otherwise, ...holds }: Asked): string {
  return [
    ...(when ? [`when ${code(when)}`] : []),
    ...(filter ? [`filter ${code(filter)}`] : []),
    ...(otherwise ? ['otherwise: what no other condition takes'] : []),
    ...describeHolds(holds),
  ].join(', ');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replace(/\s+/g, ' ')}\``;
}
