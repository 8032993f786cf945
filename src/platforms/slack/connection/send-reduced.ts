import type { Log } from '../../../core/log.ts';
import type { SlackMessage } from '../message/payload.ts';
import { leaveOut } from './leave-out.ts';
import { SlackRefusal } from './to-app-error.ts';

type Content = SlackMessage | Pick<SlackMessage, 'text' | 'unfurl_links' | 'unfurl_media'>;

export interface Sent<Answer> {
  readonly answer: Answer;
  /** What Slack refused of the message, in words; empty when it took all. */
  readonly leftOut: readonly string[];
}

const ONLY_TEXT = 'everything but its text, since Slack did not accept the rest';
const TRIES = 3;
const PROBLEM_LENGTH = 300;

/** Sends a message, then without the parts that Slack refuses, then as its bare text: what is wrong with one part costs no other. */
export async function sendReduced<Answer>(
  payload: SlackMessage,
  log: Log,
  send: (content: Content) => Promise<Answer>,
): Promise<Sent<Answer>> {
  const leftOut = new Set<string>();
  for (let [tries, content] = [1, payload]; ; tries++) {
    try {
      return { answer: await send(content), leftOut: [...leftOut] };
    } catch (error) {
      if (!(error instanceof SlackRefusal) || error.kind !== 'payload') throw error;
      const { code, cause, problems } = error;
      const reduced = tries < TRIES ? leaveOut(content, problems) : undefined;
      if (!reduced) {
        log.error({ platform: 'slack', code, err: cause }, 'Slack refused a message, so only its text was posted');
        const { text } = payload;
        return { answer: await send({ text, unfurl_links: false, unfurl_media: false }), leftOut: [ONLY_TEXT] };
      }
      const said = problems.map((problem) => problem.slice(0, PROBLEM_LENGTH));
      log.warn(
        { platform: 'slack', code, problems: said },
        'Slack refused parts of a message, so it was posted without them',
      );
      for (const part of reduced.left) leftOut.add(part);
      content = reduced.payload;
    }
  }
}
