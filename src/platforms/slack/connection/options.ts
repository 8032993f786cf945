import type { Clock } from '../../../core/clock.ts';
import type { Claims } from '../../../core/cluster.ts';
import type { Log } from '../../../core/log.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';

export interface SlackOptions {
  /** `xoxb-…` */
  readonly botToken: string;
  /** `xapp-…`: commands come over sockets. */
  readonly appToken?: string;
  /** The tokens as they are set at this moment, asked for when Slack refuses one. */
  readonly readTokens?: () => { readonly botToken?: string; readonly appToken?: string };
  /** Commands come over HTTP. */
  readonly signingSecret?: string;
  /** Where the Web API is, when it is not Slack's own. */
  readonly apiUrl?: string;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  readonly log: Log;
  /** With other nodes: whether one of them took what Slack sends again. */
  readonly claims?: Claims;
}
