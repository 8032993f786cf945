import { useEffect } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { AddressState } from '../api/shapes.ts';
import { type Resource, useResource } from '../kit/use-resource.ts';

/** The address at which providers reach Bellhop, as it is now. */
export function useAddress(live: Live): Resource<AddressState> {
  const address = useResource('address', load);
  const { reload } = address;
  useEffect(() => live.listen({ address: reload }), [live, reload]);
  return address;
}

function load(signal: AbortSignal): Promise<AddressState> {
  return request<AddressState>('/address', { signal });
}
