import type { TemplateFinding } from '../../core/command/desks/template-desk.ts';
import { request } from '../api/request.ts';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';
import type { Place } from './place.ts';

const NONE: readonly TemplateFinding[] = [];

export interface Findings {
  /** What was found last stays in sight until more is known. */
  readonly findings: readonly TemplateFinding[];
  /** Why the text could not be looked over. */
  readonly problem: string | undefined;
  readonly reload: () => void;
}

/** What is wrong with a text, or may be; nothing is asked before there is a text. */
export function useFindings(place: Place, text: string | undefined): Findings {
  const { content, problem, reload } = useResource(JSON.stringify(['findings', place, text]), async (signal) => {
    if (text === undefined) return undefined;
    const body = { ...place, source: text };
    return (await request<{ readonly problems: readonly TemplateFinding[] }>('/templates/check', { body, signal }))
      .problems;
  });
  return { findings: useLast(content) ?? NONE, problem, reload };
}
