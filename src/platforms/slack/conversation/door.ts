import type { ReceiverEvent } from '@slack/bolt';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { partOf, textOf } from '../connection/answer-parts.ts';
import type { Intake } from '../connection/inbox.ts';
import { type Home, isOurs } from '../connection/is-ours.ts';
import type { Respond } from '../connection/respond.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import { toNotice, toNoticeBlocks } from './notice-view.ts';

export interface DoorParts {
  readonly inner: Intake;
  /** The workspace we serve; nothing while Slack has not said it. */
  readonly home: () => Home | undefined;
  readonly respond: Respond;
  readonly call: SlackCall;
  readonly log: Log;
}

const REFUSAL = 'This Bellhop serves another workspace. Use it there, or remove the app here.';

/** Lets in what happens in our own workspace. Everybody else gets one plain refusal, whatever they did. */
export function createDoor({ inner, home, respond, call, log }: DoorParts): Intake {
  async function refuse({ body, ack }: ReceiverEvent): Promise<void> {
    const [type, team] = [textOf(body, 'type'), textOf(body, 'team_id') ?? textOf(body, 'team', 'id')];
    log.info({ platform: 'slack', type, team }, 'refused a request from another workspace');
    await ack(toAcknowledgement(type));
    const [url, visitor] = [textOf(body, 'response_url'), visitorIn(body)];
    if (url) await respond(url, { text: REFUSAL, response_type: 'ephemeral', replace_original: false });
    else if (visitor) await call('views.publish', { user_id: visitor, view: toRefusedHome() });
  }

  return {
    async processEvent(event) {
      const ours = home();
      if (ours && !isOurs(event.body, ours)) {
        await refuse(event).catch((error: unknown) => {
          // In another workspace we can only reach the address that Slack sent along.
          if (!(error instanceof AppError)) throw error;
          log.info({ platform: 'slack', code: error.code }, 'a refusal could not be shown');
        });
        return;
      }
      // Commands say by themselves that they cannot run yet. An event would be taken on trust.
      if (!ours && partOf(event.body, 'event') !== undefined) return event.ack();
      return inner.processEvent(event);
    },
  };
}

function toAcknowledgement(type: string | undefined): object | undefined {
  if (type === 'view_submission') return { response_action: 'update', view: toNotice(REFUSAL) };
  return type === 'block_suggestion' ? { options: [] } : undefined;
}

/** Whoever has the Home tab in front of them. */
function visitorIn(body: unknown): string | undefined {
  if (textOf(body, 'event', 'type') === 'app_home_opened') return textOf(body, 'event', 'user');
  return textOf(body, 'view', 'type') === 'home' ? textOf(body, 'user', 'id') : undefined;
}

function toRefusedHome() {
  return { type: 'home', callback_id: 'home', blocks: toNoticeBlocks(REFUSAL) };
}
