import { labelText } from './label-text.ts';

/** Labels that say where, the closest first. */
const PLACES =
  'instance host hostname node nodename pod container device server machine target url service app application job namespace'.split(
    ' ',
  );
/** Labels that say what, how bad or whose, and those that sort rather than name. */
const ELSEWHERE =
  /^(?:__.*|alert_?name|alertgroup|severity|priority|level|team|owner|receiver|prometheus|monitor|grafana_folder|environment|env|stage|cluster|region|zone|datasource_uid|rule_?uid|ref_id)$/i;

const NAMED = 3;

/** Where several alerts are about, each place once: the first three, and how many more. */
export function placesText(alerts: readonly unknown[]): string {
  const places = [...new Set(alerts.map((alert) => placeText([labelsOf(alert)])).filter(Boolean))];
  const more = places.length - NAMED;
  return [...places.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

function labelsOf(alert: unknown): unknown {
  return typeof alert === 'object' && alert !== null && 'labels' in alert ? alert.labels : undefined;
}

/** Where an alert is about, as its labels say: under a name that is known for it, else under the first label that says nothing else. */
export function placeText(groups: readonly unknown[]): string | undefined {
  for (const name of PLACES) {
    const found = groups.map((labels) => labelText(labels, name)).find(Boolean);
    if (found) return found;
  }
  for (const labels of groups) {
    if (typeof labels !== 'object' || labels === null) continue;
    const name = Object.keys(labels).find((key) => !ELSEWHERE.test(key) && isName(labelText(labels, key)));
    if (name) return labelText(labels, name);
  }
  return undefined;
}

/** Whether a label may name a place: a flag names none. */
function isName(text: string | undefined): boolean {
  return text !== undefined && text !== '' && !/^(?:true|false|yes|no|on|off)$/i.test(text);
}
