import type { Registry } from 'prom-client';
import type { Counters } from '../core/counters.ts';
import type { Journal } from '../core/event/journal.ts';
import type { Platform } from '../core/platform/platform.ts';

export interface MetricsParts {
  readonly counters: Counters;
  readonly journal: Journal;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly waiting: () => number;
}

const HELP = {
  deliveries: 'Deliveries by provider and outcome',
  decisions: 'Routes decided by provider and outcome',
  posts: 'Posts by platform and outcome',
  template_problems: 'Templates that failed and were replaced by the next best',
  receive: 'Seconds from reading a delivery to its answer',
  post: 'Seconds a platform took to take a post',
} as const;

/** The process's own figures are observed from the first time somebody asks. The library is large, and many never ask. */
let library: Promise<{ readonly prometheus: typeof import('prom-client'); readonly defaults: Registry }> | undefined;

async function load() {
  const { default: prometheus } = await import('prom-client');
  const defaults = new prometheus.Registry();
  prometheus.collectDefaultMetrics({ register: defaults });
  return { prometheus, defaults };
}

/** What Prometheus reads. */
export async function toMetrics({
  counters,
  journal,
  platforms,
  waiting,
}: MetricsParts): Promise<{ readonly type: string; readonly text: string }> {
  library ??= load();
  const { prometheus, defaults } = await library;
  const { Counter, Gauge, Registry } = prometheus;
  const registry = new Registry();
  const registers = [registry];
  for (const [name, byLabels] of counters.counts) {
    const parsed = [...byLabels].map(([labels, value]) => ({
      labels: JSON.parse(labels) as Record<string, string>,
      value,
    }));
    const labelNames = [...new Set(parsed.flatMap(({ labels }) => Object.keys(labels)))];
    const counter = new Counter({ name: `bellhop_${name}_total`, help: HELP[name], labelNames, registers });
    for (const { labels, value } of parsed) counter.inc(labels, value);
  }
  const stored = new Gauge({
    name: 'bellhop_posts_stored',
    help: 'Posts in the journal by state',
    labelNames: ['state'],
    registers,
  });
  for (const [state, value] of Object.entries(await journal.posts.count())) stored.set({ state }, value);
  new Gauge({ name: 'bellhop_posts_waiting', help: 'Posts that wait in a lane', registers }).set(waiting());
  const ready = new Gauge({
    name: 'bellhop_platform_ready',
    help: 'Whether a platform is connected',
    labelNames: ['platform'],
    registers,
  });
  for (const platform of platforms.values()) ready.set({ platform: platform.name }, Number(platform.health().ready));
  const text = [await defaults.metrics(), await registry.metrics(), toHistograms(counters)].join('\n');
  return { type: registry.contentType, text };
}

/** Histograms are counted already, which the library has no way to take over; their text is simple. */
function toHistograms({ timings }: Counters): string {
  return [...timings]
    .map(([name, { buckets, counts, sum, count }]) => {
      const metric = `bellhop_${name}_seconds`;
      let below = 0;
      const lines = buckets.map((limit, index) => {
        below += counts[index] ?? 0;
        return `${metric}_bucket{le="${limit}"} ${below}`;
      });
      return [
        `# HELP ${metric} ${HELP[name]}`,
        `# TYPE ${metric} histogram`,
        ...lines,
        `${metric}_bucket{le="+Inf"} ${count}`,
        `${metric}_sum ${sum}`,
        `${metric}_count ${count}\n`,
      ].join('\n');
    })
    .join('');
}
