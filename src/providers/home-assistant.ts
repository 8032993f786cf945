import type { Parsed } from '../core/delivery/delivery.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

/** Where an entity and its states stand: in what automations are given, in an event as it is, or as people write it. */
const STATE = ['trigger.to_state.state', 'data.new_state.state', 'to_state.state', 'new_state.state', 'state'];
const BEFORE = ['trigger.from_state.state', 'data.old_state.state', 'from_state.state', 'old_state.state', 'from'];
const ENTITY = [
  'trigger.entity_id',
  'data.entity_id',
  'trigger.to_state.entity_id',
  'to_state.entity_id',
  'new_state.entity_id',
  'entity_id',
];
/** Kinds of sensors that are on when something is wrong. */
const DANGERS = dictionary<Severity>({
  carbon_monoxide: 'critical',
  gas: 'critical',
  moisture: 'critical',
  smoke: 'critical',
  safety: 'critical',
  tamper: 'critical',
  battery: 'warning',
  problem: 'warning',
});

// https://www.home-assistant.io/integrations/rest_command/
export default defineProvider({
  title: 'Home Assistant',
  aliases: ['homeassistant', 'hass'],
  docs: 'https://www.home-assistant.io/integrations/notify.rest/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'state_changed',
  options: ownHeaderOption,
  signature: ownHeader,
  methods: ['POST', 'PUT'],
  eventType: typeOf,
  // It sends nothing again by itself: a doorbell that rings twice was rung twice.
  repeatWindow: 1,
  about: {
    title: ({ payload, type }) => finder(payload)('title', 'topic', 'message') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('area', 'source') ?? nameOf(finder(payload)),
    actor: ({ payload }) => finder(payload)('user', 'person'),
    subject: ({ payload, type }) =>
      keyed('alarm', finder(payload)('tag')) ??
      (type === 'state_changed' ? keyed('monitor', finder(payload)(...ENTITY)) : undefined),
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'trigger.to_state.last_changed',
          'data.new_state.last_changed',
          'to_state.last_changed',
          'time_fired',
          'time',
        ),
      ),
    url: ({ payload }) => finder(payload)('url', 'link', 'data.url', 'data.clickAction'),
    labels: ({ payload }) =>
      labelled({
        entity: finder(payload)(...ENTITY),
        environment: finder(payload)('environment'),
      }),
  },
  setup: `
1. Add this to \`configuration.yaml\`, and restart Home Assistant:
\`\`\`yaml
notify:
  - name: bellhop
    platform: rest
    resource: {{url}}
    method: POST_JSON
    title_param_name: title
    headers:
      Authorization: Bearer {{secret}}
\`\`\`
2. In an automation, choose the action **notify.bellhop** with a **title** and a **message**.
3. For what changed, have a \`rest_command\` with the same header send JSON with \`entity_id\` and \`state\`, and with \`name\`, \`from\`, \`device_class\`, \`severity\` and \`url\` where you have them.`,
});

function typeOf({ payload }: Parsed): string | undefined {
  const find = finder(payload);
  const named = find('event_type', 'event');
  if (named) return named;
  return find(...ENTITY) && find(...STATE) ? 'state_changed' : 'message';
}

function nameOf(find: Find): string | undefined {
  return find(
    'trigger.to_state.attributes.friendly_name',
    'data.new_state.attributes.friendly_name',
    'to_state.attributes.friendly_name',
    'new_state.attributes.friendly_name',
    'name',
    'friendly_name',
    ...ENTITY,
  );
}

/** How bad it is that a sensor is on, as its kind says. */
function dangerOf(find: Find): Severity | undefined {
  const kind = find(
    'trigger.to_state.attributes.device_class',
    'data.new_state.attributes.device_class',
    'to_state.attributes.device_class',
    'new_state.attributes.device_class',
    'device_class',
  );
  return DANGERS(kind) ?? (find(...ENTITY)?.startsWith('alarm_control_panel.') ? 'critical' : undefined);
}

function stateOf(find: Find, type: string): string | undefined {
  const state = find(...STATE);
  if (type !== 'state_changed' || !dangerOf(find)) return state;
  return state === 'on' || state === 'triggered' ? 'firing' : isOver(find) ? 'resolved' : state;
}

function isOver(find: Find): boolean {
  const [before, state] = [find(...BEFORE), find(...STATE)];
  return (state === 'off' && before !== 'unavailable') || (before === 'triggered' && state !== 'unavailable');
}

function severityFor(find: Find, type: string): Severity {
  const given = severityOf(find('severity', 'level', 'priority'));
  if (given || type !== 'state_changed') return given ?? 'info';
  const [danger, state] = [dangerOf(find), find(...STATE)];
  if (state === 'unavailable') return 'warning';
  if (danger) return state === 'on' || state === 'triggered' ? danger : isOver(find) ? 'good' : 'info';
  return 'info';
}
