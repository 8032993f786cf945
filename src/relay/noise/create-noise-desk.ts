import type { Clock } from '../../core/clock.ts';
import type { NoiseDesk, NoiseLine, NoiseProposal } from '../../core/command/desks/noise-desk.ts';
import type { Proposal, RuleDesk } from '../../core/command/desks/rule-desk.ts';
import { AppError } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Platform } from '../../core/platform/platform.ts';
import { isSamePlace, type Place } from '../../core/settings/channel.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { withEndpoint } from '../../core/settings/endpoint-lookup.ts';
import type { Settings, SettingsStore } from '../../core/settings/settings.ts';
import { type Found, findNoise } from './find-noise.ts';
import { toNoiseMessage } from './noise-message.ts';
import { readSent, type Sent } from './read-posts.ts';

export interface NoiseParts {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'posts' | 'events' | 'responses' | 'subjects'>;
  readonly platforms: ReadonlyMap<string, Pick<Platform, 'noticed'>>;
  readonly rules: Pick<RuleDesk, 'propose' | 'try'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** Subjects of an endpoint that are looked at. */
const SUBJECTS = 500;

/** Counts what channels are sent, what people make of it, and which rules would make it less. */
export function createNoiseDesk({ settings, journal, platforms, rules, clock }: NoiseParts): NoiseDesk {
  /** The lines with their rules, each tried. What has a rule already, or would hide nothing, has none to propose. */
  async function withProposals(
    found: readonly Found[],
    {
      endpoints,
      place,
      span,
    }: { readonly endpoints: readonly Endpoint[]; readonly place: Place; readonly span: number },
  ): Promise<readonly NoiseLine[]> {
    const proposals = new Map<Found, NoiseProposal>();
    for (const endpoint of endpoints) {
      const mine = found.filter(({ endpointId }) => endpointId === endpoint.id);
      const asked = new Map<string, { readonly line: Found; readonly proposal: Proposal }>();
      for (const line of mine) {
        const proposal = await choose(line, endpoint);
        // Two lines may come to the same rule: the louder one has it.
        if (proposal && !asked.has(proposal.when)) asked.set(proposal.when, { line, proposal });
      }
      if (asked.size === 0) continue;
      const pairs = [...asked.values()];
      const changes = pairs.map(({ proposal }) => hiding(endpoint, place, proposal.when));
      const trials = await rules.try({ endpointId: endpoint.id, changes, span });
      for (const [index, { line, proposal }] of pairs.entries()) {
        const trial = trials[index];
        if (trial && trial.lost > 0) proposals.set(line, { eventId: line.eventId, ...proposal, trial });
      }
    }
    return found.map((line) => {
      const { eventId: _event, endpointId, by: _by, ...shown } = line;
      const endpoint = endpoints.find(({ id }) => id === endpointId)?.name ?? 'a deleted endpoint';
      const proposal = proposals.get(line);
      return { ...shown, endpoint, ...(proposal && { proposal }) };
    });
  }

  async function choose({ eventId, by }: Found, { rules: known = [] }: Endpoint): Promise<Proposal | undefined> {
    const event = await journal.events.get(eventId);
    const proposals = event ? rules.propose(event) : [];
    const [best] = by.flatMap((likeness) => proposals.filter((proposal) => proposal.by === likeness));
    return best && !known.some(({ when, severity }) => when === best.when && !severity) ? best : undefined;
  }

  async function hiddenBy({ id, name, rules: known = [] }: Endpoint, since: Date) {
    const hiding = known.filter(({ severity }) => !severity);
    if (hiding.length === 0) return [];
    const ids = hiding.map((rule) => rule.id);
    const counts = await journal.events.hiddenBy(id, ids, since);
    return hiding.map((rule) => ({ endpoint: name, when: rule.when, count: counts.get(rule.id) ?? 0 }));
  }

  /** Which messages somebody reacted to or answered, as far as the platform tells, and why it does not tell. */
  async function noticedOn({ platform, channel }: Place, since: Date) {
    try {
      return { ids: (await platforms.get(platform)?.noticed?.(channel, since)) ?? new Set<string>() };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ids: new Set<string>(), gap: error.message };
    }
  }

  return {
    async report(place, span) {
      const until = clock.now();
      const since = new Date(until.getTime() - span);
      const endpoints = settings.current.endpoints.filter(({ routes }) =>
        routes.some((route) => isSamePlace(route, place)),
      );
      const [{ sent, partial }, { ids, gap }] = await Promise.all([
        readSent(journal, place, { endpoints, since }),
        noticedOn(place, since),
      ]);
      const isNoticed = ({ post, responses }: Sent) =>
        responses !== undefined || (post.ref !== undefined && ids.has(post.ref.id));
      const recent = await Promise.all(
        endpoints.map(({ id }) => journal.subjects.recent(id, { since, limit: SUBJECTS })),
      );
      const subjects = recent.flat().filter(({ key }) => isSamePlace(key, place));
      const found = findNoise({ sent, subjects, since, isNoticed });
      const messages = sent.filter(({ as }) => as === 'message');
      const total = (kind: 'up' | 'down') => sent.reduce((sum, { responses }) => sum + (responses?.[kind] ?? 0), 0);
      return {
        place,
        since,
        until,
        messages: messages.length,
        noticed: messages.filter(isNoticed).length,
        votes: { up: total('up'), down: total('down') },
        ...(gap && { gap }),
        lines: await withProposals(found, { endpoints, place, span }),
        hidden: (await Promise.all(endpoints.map((endpoint) => hiddenBy(endpoint, since)))).flat(),
        partial,
      };
    },
    describe: toNoiseMessage,
    vote: (eventId, by, kind) => journal.responses.add({ eventId, by, kind }, clock.now()),
  };
}

/** Settings with a rule that hides events in one channel, as the button of its proposal would make it. */
function hiding({ id, routes }: Endpoint, place: Place, when: string): (settings: Settings) => Settings {
  const route = routes.length > 1 ? routes.find((each) => isSamePlace(each, place)) : undefined;
  const rule = { id: 'tried', when, ...(route && { routeId: route.id }), by: '', createdAt: new Date(0).toISOString() };
  return (settings) => {
    const endpoint = settings.endpoints.find((each) => each.id === id);
    return endpoint ? withEndpoint(settings, { ...endpoint, rules: [...(endpoint.rules ?? []), rule] }) : settings;
  };
}
