import { z } from 'zod';
import { broadcasts, follows } from '../../core/event/follow.ts';
import { densities, notifyLevels, pingLevels } from '../../core/message/density.ts';
import { severities } from '../../core/message/severity.ts';
import { OWN_SCHEME } from '../../core/provider/scheme/scheme-axes.ts';
import { toPublicUrl } from '../../core/settings/address.ts';
import { muteEnds, muteFields } from '../../core/settings/mute.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { weekdays } from '../../core/text/calendar/weekly-hours.ts';
import { isTimeZone } from '../../core/text/time-zone.ts';
import { SchemeSchema } from './scheme-schema.ts';

const text = z.string();
const filled = z.string().min(1, 'must not be empty');
const moment = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 time, such as `2026-01-31T14:00:00Z`' });
const texts = z.record(text, text);
const zone = z.string().refine(isTimeZone, 'must be an IANA time zone, such as `Europe/Berlin`');
const server = z.string().regex(/^[^:]+:.+$/, 'must be `platform:server`, such as `discord:1045678901234567890`');
const publicUrl = z
  .string()
  .refine(
    (url) => toPublicUrl(url) === url,
    'must be an address such as `https://hooks.example.com`, without a slash at the end',
  );
const person = z.string().regex(/^[^:]+:.+$/, 'must be `platform:user`, such as `slack:U012AB3CD`');

const Secret = z.strictObject({ id: filled, value: filled, createdAt: moment, expiresAt: moment.exactOptional() });
const duration = z.int('must be a whole number of milliseconds').nonnegative('must not be less than 0');
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, such as `22:00`');
const weekday = z.enum(weekdays, `must be one of ${weekdays.join(', ')}`);
const hours = { days: z.array(weekday).min(1, 'must name a day').exactOptional(), from: clock, to: clock, zone };
const Digest = z.strictObject({
  every: z.enum(['hour', 'day', 'week']),
  at: clock.exactOptional(),
  day: weekday.exactOptional(),
  zone,
  except: filled.exactOptional(),
});
const Route = z.strictObject({
  id: filled,
  platform: filled,
  channel: filled,
  channelName: text,
  density: z.enum(densities).exactOptional(),
  notify: z.enum(notifyLevels).exactOptional(),
  pings: z.enum(pingLevels).exactOptional(),
  follow: z.enum(follows).exactOptional(),
  broadcast: z.enum(broadcasts).exactOptional(),
  reactions: z.literal('on').exactOptional(),
  votes: z.literal('on').exactOptional(),
  repeats: duration.exactOptional(),
  stale: duration.exactOptional(),
  filter: filled.exactOptional(),
  when: filled.exactOptional(),
  otherwise: z.literal(true, 'must be `true`, or left out').exactOptional(),
  digest: Digest.exactOptional(),
  quiet: z.strictObject({ ...hours, except: filled.exactOptional() }).exactOptional(),
  editedBy: text.exactOptional(),
  editedAt: moment.exactOptional(),
});

const Rule = z.strictObject({
  id: filled,
  when: filled,
  severity: z.enum(severities).exactOptional(),
  routeId: filled.exactOptional(),
  by: text,
  createdAt: moment,
});

const Endpoint = z.strictObject({
  id: filled,
  name: filled,
  provider: filled,
  token: filled,
  secrets: z.array(Secret),
  options: texts,
  routes: z.array(Route),
  owners: z.array(person),
  createdAt: moment,
  bodyLimit: z.int('must be a whole number of bytes').positive('must be more than 0').exactOptional(),
  expect: duration.exactOptional(),
  apiToken: filled.exactOptional(),
  rules: z.array(Rule).exactOptional(),
});

const Mute = z.strictObject({
  id: filled,
  endpointId: filled,
  match: z.partialRecord(z.enum(muteFields), filled),
  where: filled.exactOptional(),
  until: moment.exactOptional(),
  ends: z.enum(muteEnds).exactOptional(),
  every: z.strictObject(hours).exactOptional(),
  while: z.strictObject({ endpointId: filled, subject: filled.exactOptional() }).exactOptional(),
  paused: z.literal(true, 'must be `true`, or left out').exactOptional(),
  reminded: moment.exactOptional(),
  reason: text.exactOptional(),
  by: text,
  createdAt: moment,
});

const templateKey = {
  provider: filled,
  type: filled,
  endpointId: filled.exactOptional(),
  routeId: filled.exactOptional(),
};
const revision = {
  source: text.exactOptional(),
  by: text.exactOptional(),
  at: moment.exactOptional(),
  restores: z.int().min(0).exactOptional(),
};
const TemplateOverride = z.strictObject({
  ...templateKey,
  ...revision,
  revision: z.int().positive().exactOptional(),
  earlier: z.array(z.strictObject({ ...revision, revision: z.int().positive() })).exactOptional(),
});
const TemplateDraft = z.strictObject({
  ...templateKey,
  id: filled,
  source: text,
  version: text,
  tryOn: filled,
  by: person,
  byName: text,
  at: moment,
});
const Person = z.strictObject({
  name: filled,
  aliases: z.array(text),
  ids: texts,
  pings: z.literal('off', 'must be `off`, or left out').exactOptional(),
  quiet: z.strictObject({ from: clock, to: clock, zone }).exactOptional(),
  paths: z.array(filled).exactOptional(),
});

/** What settings must be, in a file and in memory alike. */
export const SettingsSchema: z.ZodType<Settings> = z
  .strictObject({
    endpoints: z.array(Endpoint),
    mutes: z.array(Mute),
    templates: z.array(TemplateOverride),
    drafts: z.array(TemplateDraft).exactOptional(),
    people: z.array(Person),
    admins: z.array(person),
    servers: z.array(server).exactOptional(),
    quietReports: z.array(filled).exactOptional(),
    zones: z.record(person, zone).exactOptional(),
    publicUrl: publicUrl.exactOptional(),
  })
  .check(({ value, issues }) => {
    const complain = (path: PropertyKey[], message: string) =>
      issues.push({ code: 'custom', input: value, path, message });
    const { endpoints, mutes, templates } = value;

    for (const [index, { provider, options }] of endpoints.entries()) {
      const found = provider === OWN_SCHEME ? SchemeSchema.safeParse(options).error?.issues : undefined;
      for (const issue of found ?? [])
        if (issue.code === 'unrecognized_keys')
          for (const key of issue.keys)
            complain(['endpoints', index, 'options', key], 'is not a known option. Remove it or correct its name');
        else complain(['endpoints', index, 'options', ...issue.path], issue.message);
    }

    for (const key of ['id', 'name', 'token'] as const) {
      // A token is a secret, so a complaint must not repeat it.
      for (const index of repeated(endpoints.map((endpoint) => endpoint[key]))) {
        complain(
          ['endpoints', index, key],
          key === 'token'
            ? 'is another endpoint’s already'
            : `is another endpoint’s already: \`${endpoints[index]?.[key]}\``,
        );
      }
    }
    for (const [index, { secrets, routes, rules = [] }] of endpoints.entries()) {
      for (const other of repeated(secrets.map(({ id }) => id)))
        complain(['endpoints', index, 'secrets', other, 'id'], 'is another secret’s already');
      for (const other of repeated(routes.map(({ id }) => id)))
        complain(['endpoints', index, 'routes', other, 'id'], 'is another route’s already');
      for (const other of repeated(rules.map(({ id }) => id)))
        complain(['endpoints', index, 'rules', other, 'id'], 'is another rule’s already');
      for (const [other, { routeId }] of rules.entries())
        if (routeId !== undefined && !routes.some(({ id }) => id === routeId))
          complain(['endpoints', index, 'rules', other, 'routeId'], `names no route of its endpoint: \`${routeId}\``);
      if (routes.filter(({ otherwise }) => otherwise).length > 1)
        complain(['endpoints', index, 'routes'], 'have more than one `otherwise`');
    }
    for (const index of repeated(mutes.map(({ id }) => id)))
      complain(['mutes', index, 'id'], 'is another mute’s already');
    for (const [index, mute] of mutes.entries()) {
      if (mute.paused && Object.keys(mute).some((part) => ['until', 'ends', 'every', 'while', 'where'].includes(part)))
        complain(
          ['mutes', index, 'paused'],
          'pauses everything, so it has no `until`, `ends`, `every`, `while` or `where`',
        );
      if (!mute.until && !mute.every && !mute.while && !mute.paused)
        complain(
          ['mutes', index, 'until'],
          'is missing: only a mute with `every`, `while` or `paused` may have no end',
        );
      if (mute.ends && (!mute.match.subject || mute.match.subject.includes('*')))
        complain(['mutes', index, 'ends'], 'needs a `match` that names one `subject`');
      const watched = mute.while?.endpointId;
      if (watched !== undefined && !endpoints.some(({ id }) => id === watched))
        complain(['mutes', index, 'while', 'endpointId'], `names no endpoint: \`${watched}\``);
    }

    for (const [index, { routeId, endpointId }] of templates.entries()) {
      const routes = endpoints.find(({ id }) => id === endpointId)?.routes ?? [];
      if (routeId !== undefined && !routes.some(({ id }) => id === routeId))
        complain(['templates', index, 'routeId'], `names no route of its endpoint: \`${routeId}\``);
    }

    const known = new Set(endpoints.map(({ id }) => id));
    for (const [name, list] of [
      ['mutes', mutes],
      ['templates', templates],
    ] as const) {
      for (const [index, { endpointId }] of list.entries()) {
        if (endpointId !== undefined && !known.has(endpointId))
          complain([name, index, 'endpointId'], `names no endpoint: \`${endpointId}\``);
      }
    }
  });

/** Where a value stands that stood earlier in the list. */
function repeated(values: readonly string[]): readonly number[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    if (seen.has(value)) return [index];
    seen.add(value);
    return [];
  });
}
