import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { servarrAbout } from './shared/servarr.ts';

// https://github.com/Sonarr/Sonarr/blob/develop/src/NzbDrone.Core/Notifications/Webhook/WebhookBase.cs
export default defineProvider({
  title: 'Sonarr',
  docs: 'https://wiki.servarr.com/sonarr/settings#connections',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'Grab',
  // It sends a user name and a password, and signs nothing.
  signature: basic(),
  methods: ['POST', 'PUT'],
  eventType: field('eventType'),
  // It sends nothing again by itself: what is equal happened again.
  repeatWindow: 1,
  about: servarrAbout('series', ({ payload }) => {
    const find = finder(payload);
    const app = find('applicationUrl')?.replace(/\/$/, '');
    const slug = find('series.titleSlug');
    if (app && slug) return `${app}/series/${encodeURIComponent(slug)}`;
    const id = find('series.tvdbId');
    return id && `https://www.thetvdb.com/dereferrer/series/${encodeURIComponent(id)}`;
  }),
  setup: `
1. Open **Settings → Connect → +** and choose **Webhook**.
2. Choose what you want posted, and paste {{url}} as **URL**. Leave **Method** on **POST**.
3. Type any **Username**, such as \`bellhop\`, and paste {{secret}} as **Password**.
4. Press **Test**, and save. With an **Application URL** under **Settings → General**, messages lead there.`,
});
