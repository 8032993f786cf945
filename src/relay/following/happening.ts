import type { Post } from '../../core/event/post.ts';
import type { SubjectKey } from '../../core/event/subject.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Happening } from './course.ts';
import { phaseOf } from './phase.ts';
import { toGist } from './print.ts';

/** Posts that a person asked for again follow nothing. */
export function toKey({ platform, channel, endpointId, about, eventId, replay }: Post): SubjectKey | undefined {
  const subject = about?.subject;
  if (subject === undefined || endpointId === undefined || eventId === undefined || replay) return undefined;
  return { platform, channel, endpointId, subject };
}

/** An event of a subject as far as its course depends on it. */
export function toHappening({ eventId = '0', about, owedAt }: Post, ofProvider: Provider['follow']): Happening {
  const { title = '', state, severity, occurredAt, sequence } = about ?? {};
  const phase = phaseOf(about ?? {}, ofProvider);
  return {
    eventId,
    title,
    ...(state !== undefined && { state }),
    ...(severity && { severity }),
    ...(phase && { phase }),
    ...(occurredAt !== undefined && { occurredAt }),
    ...(sequence !== undefined && { sequence }),
    heardAt: (owedAt ?? new Date(0)).toISOString(),
    gist: toGist(about ?? {}),
  };
}
