// The names fields have, as `plainName` writes them, the most telling first. Everything that reads a payload reads it by these.

/** Names whose value is a sentence the sender wrote about the event. */
export const HEADLINES = ranks(
  'title headline subject summary alert_title alert_name incident_title issue_title event_title heading short_description event_description topic detail_type',
);
/** Names whose value explains, in the order in which one would read them. */
export const PROSE = ranks(
  'message msg text text_payload long_description detailed_message description body plain_text_body text_body body_plain stripped_text short_message event_message error_message failure_message reason details detail ' +
    'content comment note error output summary log raw exception stack_trace html body_html html_body blurb excerpt snippet annotation description_text notification',
);
/** Names whose value is what something is called. */
export const NAMES = ranks(
  'title name display_name friendly_name full_name summary subject label slug message short_description identifier text description',
);
/** Names whose value identifies a thing among its kind, short enough to be said. */
export const NUMBERS = ranks(
  'key number iid identifier display_id short_id id_short tiny_id sequential_id incident_number build_number number_in_project counter ref_number order_number invoice_number ticket_number reference merchant_reference external_reference counter_id',
);

export const LINKS = ranks(
  'html_url web_url permalink permalink_url app_url browser_url public_url absolute_url full_url details_url detail_url target_url incident_url issue_url alert_url ticket_url story_url ' +
    'build_url run_url job_url pipeline_url test_run_url view_url result_url results_url results_link dashboard_url dashboard_link monitor_dashboard_link monitor_url status_url build_status_url ' +
    'post_url project_url link url href web weblink web_link html short_url shortlink short_link self resource_url external_url homepage admin_url site_url',
);
/** Words in the name of an address that nobody wants to open from a headline. */
export const NO_LINKS = set(
  'avatar image img icon logo photo picture thumbnail thumb gravatar screenshot api clone git ssh svn download archive tarball zipball hook hooks webhook callback unsubscribe ' +
    'feed rss stylesheet css js upload redirect return cancel success_url patch diff raw blob trees blobs refs statuses followers following gists starred subscriptions organizations repos events received ' +
    'documentation docs help support terms privacy referer referrer',
);

export const TYPES = ranks(
  'event_type event_name webhook_event event event_key event_code hook_event trigger_event webhook_topic webhook_type notification_type notify_type event_type_name topic scope trigger ' +
    'hook action_type message_type object_kind type kind event_id_name category_type issue_event_type_name subscription_type verb',
);

/** What a name ends with whose value says how something went, the most decisive first. */
export const STATE_HEADS = ranks('conclusion result results outcome verdict gate status state phase');
/** Words in such a name that make it speak of the past, of a plan or of the errand itself. */
export const NOT_NOW = set(
  'old previous prev prior former before from original last was expected target desired delta recently delivery webhook hook notification callback approval http response marital employment merge visibility ' +
    'subscription read sync payment_method processing tax shipping',
);
export const GRAVITIES = ranks(
  'severity level alert_level criticality urgency impact priority error_level log_level severity_level alert_severity',
);

export const PEOPLE = set(
  'actor user sender author creator owner assignee member person committer pusher submitter requester reporter initiator approver reviewer acknowledger resolver updater editor ' +
    'customer contact subscriber lead candidate agent account profile operator by member_creator created_by updated_by triggered_by closed_by deployed_by performed_by modified_by started_by requested_by assigned_to buyer client ' +
    'merged_by user_info personable assigned_user collaborator recipient attendee participant employee visitor guest',
);
/** Who did it: the most certain first. */
export const ACTORS = ranks(
  'actor sender performed_by triggered_by updated_by closed_by resolved_by acknowledged_by deployed_by merged_by approved_by started_by requested_by modified_by created_by run_updated_by last_status_change_by ' +
    'by user member_creator operator agent author pusher initiator member person user_name username user_username login creator submitter requester reporter committer owner ' +
    'build_user triggered_user user_email invoked_by published_by ordered_by account',
);
export const NAME_OF_PERSON =
  'display_name full_name name real_name login username user_name nickname handle email email_address summary title slug public_name'.split(
    ' ',
  );

/** Where it happened; what people mute. */
export const PLACES = ranks(
  'repository project repo service site application app workspace board monitor pipeline host hostname server instance node cluster account organization team bucket domain channel queue ' +
    'repo_full_name project_name service_name app_name application_name workspace_name site_name repository_name project_full_name bucket_name organization_name account_name team_name source origin shop store collective',
);
export const NAME_OF_PLACE =
  'full_name path_with_namespace repo_full_name name display_name title slug key public_name host hostname'.split(' ');
/** Places that a headline is not understood without: a machine, a check, a job. */
export const SCENES = ranks(
  'monitor host hostname server instance node device workspace workspace_name application app service check site website vm container pod cluster database machine server_name host_name app_name application_name service_name monitor_name site_name pipeline pipeline_name',
);

export const MOMENTS = ranks(
  'occurred_at occur_at event_time event_timestamp event_date happened_at timestamp triggered_at emitted_at sent_at fired_at detected_at time date datetime date_time incident_time_iso incident_time webhook_timestamp ' +
    'published_at resolved_at closed_at finished_at completed_at ended_at stopped_at end_time starts_at started_at start_time updated_at updated_on modified_at created_at created_on created updated created_date updated_date ' +
    'last_occurrence_timestamp last_notice_at state_changed_timestamp state_changed_utc_time status_changed_at analysed_at changed_at request_start_time event_created_on activity_date at generated_at _time',
);

/** What has a life of its own, and so is what an event is about, the most likely first. */
export const THINGS = ranks(
  'incident alert alarm issue ticket pull_request pullrequest pullrequest_ merge_request problem check_run check_suite workflow_run workflow_job job build deployment deploy run pipeline release conversation card task todo story epic ' +
    'bug userstory order invoice payment charge subscription refund dispute transaction payout transfer refund_request review discussion comment note commit_status check check_in heartbeat monitor test trigger finding ' +
    'error exception fault item message_event document doc page post article file image artifact package backup report scan search event_item calendar_event meeting booking appointment form submission response survey ' +
    'lead deal opportunity contact customer candidate application recording resource entity stage model milestone wiki_page wiki tag branch component maintenance domain certificate series episode movie vulnerability advisory ' +
    'mention object_data feature relateduserstory sprint board list column checklist attachment campaign email sms call voicemail form_response quote proposal contract shipment fulfillment product inventory',
);
/** Runs have a state that says everything, and what they say besides is somebody else's. */
export const RUNS = set(
  'job build deployment deploy run pipeline workflow_run workflow_job check_run check_suite workflow stage test backup scan task_run sync release_run',
);
/** What people work on: how it stands is a step of their work, and its priority says how soon. */
export const TRACKED = set(
  'issue ticket task todo story userstory user_story card bug epic feature conversation merge_request pull_request pullrequest',
);
/** What watches: its name and whether it is up is the whole news. */
export const WATCHES = set(
  'monitor check heartbeat alarm check_in host service component website site server endpoint probe sensor',
);

/** Names that only wrap what matters. */
export const WRAPPERS = set(
  'data payload event attributes object body resource result results content params properties fields details detail item notification message notification_request_item event_data webhook_event_data ' +
    'object_attributes entry record action envelope request_item info core input output new current after response_data change_data event_item metadata resource_data common_fields context_data values hook webhook_data essentials alert_context',
);

/** What lies below these speaks of something else than the event, or of how it was sent. */
export const ASIDE = set(
  'reactions links _links self meta metadata_ headers request config configuration settings prefs preferences permissions previous previous_attributes old before avatar license installation context pagination plan_ ' +
    'limits integration subscription_info webhook hook schedule_info environment_variables variables env argv modules sdk device browser os user_agent geo location_ server_info agent_info build_parameters parameters tags_ ' +
    'reference references label_names media_info quality custom_fields_schema issuetype issue_type notifier debug platform_info client_info extra extras config_vars template cookies authentication interview_kit legal_entity resource_containers ' +
    'descriptor bill_to ship_to billing shipping address billing_address shipping_address file_info',
);

/** Names whose value says which thing an event belongs to. */
export const KEYS = ranks(
  'dedup_key incident_key incident_id alert_id alias issue_id ticket_id fingerprint group_key correlation_id thread_id conversation_id order_id build_id deployment_id check_id monitor_id case_id task_id run_id buildid',
);
export const LABELS = ranks('environment branch region severity priority service host category');
export const ENVIRONMENTS = ranks(
  'environment env environment_name deploy_environment deployment_environment stage_name target_environment env_name context_environment',
);

/** How words that are written as one begin. */
export const COMPOUND_STARTS = set(
  'monitor check alert alarm test job build builder rule issue incident event service project repo repository app application site page post card board order invoice customer company user account team ' +
    'server node device component pipeline stage run task ticket case message error report form item product plan file image branch tag commit search result workspace domain webhook hook trigger group category channel',
);

function ranks(words: string): ReadonlyMap<string, number> {
  return new Map(words.split(' ').map((word, rank) => [word, rank]));
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
