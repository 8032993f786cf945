import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { servarrAbout } from './shared/servarr.ts';

// https://github.com/Radarr/Radarr/blob/develop/src/NzbDrone.Core/Notifications/Webhook/WebhookBase.cs
export default defineProvider({
  title: 'Radarr',
  docs: 'https://wiki.servarr.com/radarr/settings#connections',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'Grab',
  // It sends a user name and a password, and signs nothing.
  signature: basic(),
  methods: ['POST', 'PUT'],
  eventType: field('eventType'),
  // It sends nothing again by itself: what is equal happened again.
  repeatWindow: 1,
  about: servarrAbout('movie', ({ payload }) => {
    const find = finder(payload);
    const app = find('applicationUrl')?.replace(/\/$/, '');
    const id = find('movie.tmdbId', 'remoteMovie.tmdbId');
    if (!id) return app;
    return app
      ? `${app}/movie/${encodeURIComponent(id)}`
      : `https://www.themoviedb.org/movie/${encodeURIComponent(id)}`;
  }),
  setup: `
1. Open **Settings → Connect → +** and choose **Webhook**.
2. Choose what you want posted, and paste {{url}} as **URL**. Leave **Method** on **POST**.
3. Type any **Username**, such as \`bellhop\`, and paste {{secret}} as **Password**.
4. Press **Test**, and save. With an **Application URL** under **Settings → General**, messages lead there.`,
});
