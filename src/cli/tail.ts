import { AppError } from '../core/errors.ts';
import { type Api, createApi } from './shared/api.ts';
import { readLive } from './shared/read-live.ts';
import { type EventBody, isSettled, readEvent, toLine } from './shared/settled-event.ts';
import { defineVerb } from './shared/verb.ts';

/** How many events are remembered, so that one that stands as it did is not shown again. */
const REMEMBERED = 1_000;

export default defineVerb({
  summary: 'Show what arrives at the running Bellhop, and what becomes of it, until it is interrupted',
  usage: '[endpoint]',
  examples: ['bellhop tail', 'bellhop tail acme --body', 'bellhop tail --json | jq .about.title'],
  options: { json: { type: 'boolean' }, body: { type: 'boolean' } },
  optionHelp: {
    json: 'one event on each line, as JSON, without its body',
    body: 'the body of each event as well',
  },
  async run({ positionals: [endpoint], values }, { place, print, show }) {
    const api = createApi(place);
    await checkEndpoint(api, endpoint);
    const shown = new Map<string, string>();
    for await (const { event, data } of readLive(api)) {
      if (event === 'hello' && !values.json)
        show([[{ text: 'Waiting for deliveries. Ctrl-C ends it.', style: 'dim' }]]);
      if (event !== 'event') continue;
      const summary = (data as { readonly event: EventBody }).event;
      if ((endpoint && summary.endpoint !== endpoint) || shown.get(summary.id) === summary.state) continue;
      shown.delete(summary.id);
      shown.set(summary.id, summary.state);
      if (shown.size > REMEMBERED) shown.delete(shown.keys().next().value ?? '');
      if (!isSettled(summary.state)) continue;
      const found = await readEvent(api, summary.id);
      if (!found) continue;
      if (values.json) print(JSON.stringify(values.body ? found : { ...found, body: undefined }));
      else {
        show([toLine(found)]);
        if (values.body) print(found.body.text ?? found.body.base64 ?? '');
      }
    }
    throw new AppError(503, 'ended', 'Bellhop ended the connection. Is it still running?');
  },
});

/** Throws `AppError` for an endpoint that does not exist: nothing would ever be shown. */
async function checkEndpoint(api: Api, endpoint: string | undefined): Promise<void> {
  if (endpoint === undefined) return;
  const { status, body } = await api.ask(`/events?${new URLSearchParams({ endpoint, limit: '1' })}`);
  if (status === 404) throw new AppError(404, 'not_found', (body as { readonly message: string }).message);
}
