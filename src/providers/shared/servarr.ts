import type { Severity } from '../../core/message/severity.ts';
import type { AboutReaders, Incoming } from '../../core/provider/provider.ts';
import { dictionary, finder, keyed, labelled } from '../../reading/finder.ts';
import { guessAbout } from '../../reading/guess-about.ts';

const LEVELS = dictionary<Severity>({ error: 'critical', warning: 'warning', notice: 'info', ok: 'good' });
const STATES = dictionary<string>({
  Download: 'completed',
  Grab: 'queued',
  Health: 'firing',
  HealthRestored: 'resolved',
  ManualInteractionRequired: 'warning',
  MovieDelete: 'deleted',
  SeriesDelete: 'deleted',
});

/** What Sonarr and Radarr have in common, which are made from one project: of the thing itself each knows its own pages. */
export function servarrAbout(thing: string, urlOf: (event: Incoming) => string | undefined): AboutReaders {
  return {
    title: ({ payload, type }) => finder(payload)(`${thing}.title`, 'message') ?? guessAbout(payload, type).title,
    // A test is about a thing that there is not.
    source: ({ payload, type }) => finder(payload)(...(type === 'Test' ? [] : [`${thing}.title`]), 'instanceName'),
    actor: ({ payload }) => finder(payload)('downloadClient', 'release.indexer'),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      if (type === 'Test') return undefined;
      if (type.startsWith('Health')) return keyed('check', find('instanceName') ?? '', '/', find('type'));
      // What was found is downloaded next, and then needs somebody or is there.
      return keyed('download_job', find('downloadId')) ?? keyed(thing, find(`${thing}.id`));
    },
    state: ({ type }) => STATES(type),
    severity: ({ payload, type }) => severityFor(type, finder(payload)('level')),
    url: (event) => finder(event.payload)('wikiUrl') ?? urlOf(event),
    labels: ({ payload }) =>
      labelled({ instance: finder(payload)('instanceName'), quality: finder(payload)('release.quality') }),
  };
}

function severityFor(type: string, level: string | undefined): Severity {
  if (type === 'Health') return LEVELS(level?.toLowerCase()) ?? 'warning';
  if (type === 'ManualInteractionRequired') return 'warning';
  return /^(?:HealthRestored|Download|Test)$/.test(type) ? 'good' : 'info';
}
