/** Best first. A name counts as the first of these that it is, or, for less, that it ends with. */
const WANTED = (
  'status state conclusion result outcome severity priority urgency impact environment env stage branch version release tag ' +
  'service component application app host hostname server instance node cluster namespace region zone datacenter ' +
  'error error_message exit_code error_code reason cause amount total price quantity currency plan product customer email ' +
  'value threshold metric duration duration_ms duration_seconds elapsed response_time latency downtime uptime ' +
  'assignee owner team project category channel queue labels tags due due_date due_at deadline starts_at ends_at ' +
  'scheduled_for expires_at count failures errors passed failed coverage score rating size'
).split(' ');
const RANKS = new Map(WANTED.map((name, rank) => [name, rank]));
const ENDING_COST = 15;
const DEPTH_COST = 12;
/** What is not on the list matters less than what is, and only at the top. */
const UNLISTED = 120;

const NOISE_WORDS =
  'id ids uid uuid guid sha sha1 sha256 hash digest token secret signature sig password passwd authorization auth cookie credential ' +
  'credentials key nonce cursor etag checksum fingerprint avatar icon logo image img thumbnail photo picture color colour url urls uri ' +
  'href link links api self locale timezone lang language ip user_agent useragent schema livemode gravatar cvc card iban position ' +
  'offset page pages limit per_page html raw format formatted encoding mime content_type api_version created_at updated_at created updated ' +
  'modified modified_at modified_date updated_date created_date received received_at sent_at timestamp type kind event event_name ' +
  'event_type object topic first_name last_name full_name nickname buildid userid accountid deviceid sid order';
const NOISE = new Set(NOISE_WORDS.split(' '));
/** Facts have a place of their own for these. */
const PROSE = new Set('description message body text summary details content comment action title'.split(' '));
/** What lies below these speaks of something else than the event, or of what the about tells already. */
const ASIDE = new Set(
  'links _links urls self meta metadata headers request config settings permissions previous previous_attributes old before avatar license installation context pagination repository repo project sender user actor author owner creator created_by pusher account organization company person workspace bucket provider committer'.split(
    ' ',
  ),
);

/** Whether nobody wants to read a value of this name. */
export function isNoise(name: string, above: readonly string[]): boolean {
  return (
    name === '' || above.some((part) => ASIDE.has(part)) || (above.length === 0 && PROSE.has(name)) || isNoiseName(name)
  );
}

/** How much a value matters, judged by its name and by how deep it lies: smaller is more. */
export function factRank(name: string, above: readonly string[]): number {
  const depth = above.length * DEPTH_COST;
  const exact = RANKS.get(name);
  if (exact !== undefined) return exact + depth;
  const ending = RANKS.get(name.slice(name.lastIndexOf('_') + 1));
  if (ending !== undefined) return ending + ENDING_COST + depth;
  return above.length === 0 ? UNLISTED : Number.POSITIVE_INFINITY;
}

/** By the whole name, its last word, or its last two. */
function isNoiseName(name: string): boolean {
  const last = name.lastIndexOf('_');
  if (NOISE.has(name) || NOISE.has(name.slice(last + 1))) return true;
  if (last > 0 && NOISE.has(name.slice(name.lastIndexOf('_', last - 1) + 1))) return true;
  return name.includes('timestamp') || /^(?:default_branch|webhook_|stargazers|watchers|forks)/.test(name);
}
