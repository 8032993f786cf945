import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { Settings } from '../../core/settings/settings.ts';
import { plural } from '../../core/text/line.ts';
import type { Sealer } from './seal.ts';

/** Settings as they go to disk: tokens and secrets sealed. */
export function sealSettings(settings: Settings, sealer: Sealer): Settings {
  return {
    ...settings,
    endpoints: settings.endpoints.map((endpoint) => mapSecrets(endpoint, (text, place) => sealer.seal(text, place))),
  };
}

/** Settings with tokens and secrets in plain, or why some cannot be opened, as sentences. What somebody wrote in plain stays so. */
export function unsealSettings(
  settings: Settings,
  sealer: Sealer,
): { readonly settings: Settings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  /** How many secrets each other key sealed: they have one cause, and are named in one sentence. */
  const others = new Map<string, number>();
  const endpoints = settings.endpoints.map((endpoint) =>
    mapSecrets(endpoint, (sealed, place) => {
      const unsealed = sealer.unseal(sealed, place);
      if ('text' in unsealed) return unsealed.text;
      if (unsealed.outcome === 'other-key') others.set(unsealed.keyId, (others.get(unsealed.keyId) ?? 0) + 1);
      else
        problems.push(
          `The ${place[1]} of endpoint \`${endpoint.name}\` was changed or moved since it was sealed. Bring it back from \`settings.backup.json\`, or write it in plain: it is sealed at the next change.`,
        );
      return sealed;
    }),
  );
  const foreign = Array.from(
    others,
    ([keyId, count]) =>
      `${plural(count, 'secret')} in the settings ${count === 1 ? 'was' : 'were'} sealed with key \`${keyId}\`, but the key given is \`${sealer.keyId}\`. Give that key in \`BELLHOP_KEY\`, or bring back its \`key\` file.`,
  );
  return { settings: { ...settings, endpoints }, problems: [...foreign, ...problems] };
}

function mapSecrets(endpoint: Endpoint, map: (text: string, place: readonly string[]) => string): Endpoint {
  const { id, token, secrets, apiToken } = endpoint;
  return {
    ...endpoint,
    token: map(token, [id, 'token']),
    ...(apiToken !== undefined && { apiToken: map(apiToken, [id, 'apiToken']) }),
    secrets: secrets.map((secret) => ({ ...secret, value: map(secret.value, [id, 'secret', secret.id]) })),
  };
}
