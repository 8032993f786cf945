/**
 * What an error of Slack's calls for. `credential`: no call with this token can work. `scope`: the app may not do this one
 * thing. `place`: this channel can take nothing. `payload`: the message was not understood. `gone`: the message or address
 * is no longer there. `limit` and `transient`: time helps. `unknown`: Slack may or may not have done it.
 */
export type SlackErrorClass = 'credential' | 'scope' | 'place' | 'payload' | 'gone' | 'limit' | 'transient' | 'unknown';

// https://docs.slack.dev/reference/methods/chat.postMessage#errors
const CODES: Readonly<Record<Exclude<SlackErrorClass, 'unknown'>, readonly string[]>> = {
  credential: [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'no_permission',
    'not_allowed_token_type',
    'team_access_not_granted',
    'org_login_required',
    'ekm_access_denied',
    'user_removed_from_team',
    'team_disabled',
    'team_not_found',
    'accesslimited',
    'enterprise_is_restricted',
    'two_factor_setup_required',
  ],
  scope: ['missing_scope'],
  place: [
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'user_not_found',
    'user_not_in_channel',
    'cannot_dm_bot',
    'messages_tab_disabled',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'access_denied',
    'is_inactive',
    'channel_type_not_supported',
    'method_not_supported_for_channel_type',
  ],
  payload: [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'too_many_attachments',
    'too_many_contact_cards',
    'invalid_attachments',
    'attachment_payload_limit_exceeded',
    'no_text',
    'metadata_too_large',
    'metadata_must_be_sent_from_app',
    'markdown_text_conflict',
    'invalid_arguments',
    'invalid_arg_name',
    'invalid_array_arg',
    'invalid_charset',
    'invalid_form_data',
    'invalid_post_type',
    'missing_post_type',
    'missing_file_data',
    'view_too_large',
  ],
  gone: [
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'block_mismatch',
    'thread_not_found',
    'cannot_reply_to_message',
    'not_found',
    'hash_conflict',
    'expired_trigger_id',
    'exchanged_trigger_id',
    'invalid_trigger_id',
    'expired_url',
    'used_url',
  ],
  limit: ['ratelimited', 'rate_limited', 'message_limit_exceeded'],
  transient: [
    'internal_error',
    'fatal_error',
    'service_unavailable',
    'request_timeout',
    'team_added_to_org',
    'external_channel_migrating',
  ],
};

const CLASSES = new Map(
  Object.entries(CODES).flatMap(([name, codes]) => codes.map((code) => [code, name as SlackErrorClass])),
);

/** What Slack's files and links may not do in a channel shared with another company, each with a code of its own. */
const SHARING = /^slack_connect_\w+_blocked$/;

/** The class of an error code of the Web API. A code that nobody has seen yet says nothing about the message or its channel. */
export function classOf(code: string): SlackErrorClass {
  if (code.startsWith('invalid_metadata') || SHARING.test(code)) return 'payload';
  return CLASSES.get(code) ?? 'unknown';
}
