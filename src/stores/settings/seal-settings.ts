import type { Endpoint } from '../../core/settings/endpoint.ts';
import type { Settings } from '../../core/settings/settings.ts';
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
  const endpoints = settings.endpoints.map((endpoint) =>
    mapSecrets(endpoint, (sealed, place) => {
      const unsealed = sealer.unseal(sealed, place);
      if ('text' in unsealed) return unsealed.text;
      const what = `The ${place[1]} of endpoint \`${endpoint.name}\``;
      problems.push(
        unsealed.outcome === 'other-key'
          ? `${what} was sealed with key \`${unsealed.keyId}\`, but the key given is \`${sealer.keyId}\`. Give that key in \`BELLHOP_KEY\`, or bring back its \`key\` file.`
          : `${what} was changed or moved since it was sealed. Bring it back from \`settings.backup.json\`, or write it in plain: it is sealed at the next change.`,
      );
      return sealed;
    }),
  );
  return { settings: { ...settings, endpoints }, problems };
}

function mapSecrets(endpoint: Endpoint, map: (text: string, place: readonly string[]) => string): Endpoint {
  const { id, token, secrets } = endpoint;
  return {
    ...endpoint,
    token: map(token, [id, 'token']),
    secrets: secrets.map((secret) => ({ ...secret, value: map(secret.value, [id, 'secret', secret.id]) })),
  };
}
