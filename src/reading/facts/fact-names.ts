import { TYPES } from '../vocabulary.ts';

/** Best first. A name counts as the first of these that it is, or, for less, that it ends with. */
const WANTED = (
  'error error_message failure_reason exit_code error_code reason cause environment env stage branch ref commit version new_version release tag tag_name ' +
  'service component application app host hostname server instance node cluster namespace region zone datacenter device pod container database queue ' +
  'amount total total_price grand_total total_amount amount_paid amount_due price quantity plan product customer contact lead candidate email subscriber ' +
  'value threshold error_threshold metric condition rule query duration duration_ms duration_seconds elapsed response_time latency downtime uptime size size_bytes ' +
  'severity priority urgency impact level status state conclusion result outcome ' +
  'assignee assignees reviewers owner team project repository workspace board list column milestone sprint category labels tags due due_date due_at due_on deadline starts_at ends_at ' +
  'scheduled_for expires_at source destination playbook inventory location probe country platform count failures failed passed skipped coverage score rating files ' +
  'occurrences crashes users devices records rows attempts visibility method path channel file file_name filename culprit'
).split(' ');
const RANKS = new Map(WANTED.map((name, rank) => [name, rank]));
const ENDING_COST = 25;
const DEPTH_COST = 14;
/** What is not on the list matters less than what is, and only near the top. */
const UNLISTED = 150;

const NOISE = words(
  'id ids _id uid uuid guid gid sid sha sha1 sha256 hash digest token secret signature sig nonce cursor etag checksum fingerprint avatar icon logo image images img thumbnail photo picture color colour url urls uri ' +
    'href link links self api locale timezone time_zone tz lang language ip ipv4 ipv6 ip_address user_agent useragent schema livemode gravatar position rank offset page pages limit per_page html raw format formatted encoding mime content_type ' +
    'api_version schema_version payload_version specversion created updated modified received sent timestamp date time type kind event topic object scope hook operation producer publisher consumer notifier ' +
    'first_name last_name full_name nickname login username order sort_order key slug alias protocol port pid node_id groups group_key group_labels truncated_alerts receiver receivers org_id ' +
    'delivery_status delivery_attempts delivery_id attempt attempts_remaining pending_webhooks first_sent_at delivered_at integration_name integration_id webhook_id hook_id subscription_id notification_id notification_type publisher_id ' +
    'watch_count watchers_count watchers stars forks stargazers_count forks_count open_issues_count comments_count version_lock counter revision sequence seq serial linecount punct sourcetype splunk_server index indextime raw_event timestartpos timeendpos ' +
    'icon_emoji icon_url link_names mrkdwn callback_id footer footer_icon ts channel_id thread_ts avatar_url app_version payload_type resource_type entity_type object_kind object_type event_type event_name subtype datacontenttype dataschema content_length is_test tiny_id unread deleted archived blurb ' +
    'from to cc bcc reply_to message_id in_reply_to references friendly_name parent parent_id action event_action event_key actions watches votes markup participants role comment_count task_count comments ' +
    'commits_count total_commits_count author_email committer_email permission subject_id test_mode sandbox title_lock level_lock author_association active_lock_reason mergeable_state additions deletions changed_files zen master_branch privacy namespace_path path_with_namespace merge_status detailed_merge_status weight diff_hunk base_ref old_path new_path line position_type workratio yaml_file working_directory comment_total head_long prev_head head removed added modified',
);
const NOISE_ENDS = words(
  'id ids sid uuid guid sha hash digest token secret signature url urls uri href link links avatar icon image timestamp at_ms key sgid iri etag type kind lock gravatar color colour html raw ts locale emoji version_id schema order_by slug count_total rank position order association',
);
const NOISE_STARTS =
  /^(?:custom_?field|default_|webhook_|stargazers|watchers|forks|date_|is_|has_|can_|num_|_|x_|hook_|previous_|old_|prev_|next_|raw_|show_|allow_|use_|enable_|max_|min_|api_|internal_|legacy_|last_(?!value|error))/;
/** Who it was is said elsewhere. */
const PERSONAL =
  /^(?:user|author|sender|pusher|committer|owner|creator|actor|reporter|commit_author|merged_by|created_by|updated_by)_(?:email|name|username|login|full_name|email_address)$/;
const COUNTERS =
  /(?:^|_)(?:comments?|message|session|total|child|children|watch|watcher|star|fork|view|vote|like|reaction|commit|contribution|follower|attachment|participant)s?_count$/;
const MOMENT_ENDS = /(?:^|_)(?:at|on|date|time|timestamp|utc|millis|epoch|since)$/;
const NOT_MOMENTS =
  /response_time|build_time|deploy_time|run_time|execution_time|load_time|elapsed_time|total_time|due|deadline|starts|ends|scheduled|expires|expiry/;

/** Whether nobody wants to read a value of this name: ids, past moments, links, the sender's own bookkeeping. */
export function isNoise(name: string): boolean {
  if (name === '' || NOISE.has(name) || (TYPES.has(name) && name !== 'trigger')) return true;
  if (RANKS.has(name)) return false;
  const last = name.slice(name.lastIndexOf('_') + 1);
  return (
    PERSONAL.test(name) ||
    NOISE_ENDS.has(last) ||
    COUNTERS.test(name) ||
    NOISE_STARTS.test(name) ||
    (MOMENT_ENDS.test(name) && !NOT_MOMENTS.test(name))
  );
}

/** How much a value matters, judged by its name and by how deep it lies: smaller is more; nothing for what does not matter at all. */
export function factRank(name: string, depth: number): number | undefined {
  const below = depth * DEPTH_COST;
  const exact = RANKS.get(name);
  if (exact !== undefined) return exact + below;
  const ending = RANKS.get(name.slice(name.lastIndexOf('_') + 1));
  if (ending !== undefined) return ending + ENDING_COST + below;
  return depth === 0 ? UNLISTED : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
