/** What its owner can do about a refused delivery, by what it was answered and why. */
export function adviceFor({
  status,
  reason,
}: {
  readonly status: number;
  readonly reason: string;
}): string | undefined {
  if (status === 413)
    return 'It is larger than this endpoint takes. Have the sender leave something out, or raise the limit of the endpoint.';
  if (status !== 401) return undefined;
  if (/is missing/.test(reason))
    return 'It came without a signature. Give the sender the secret where it is set up; if it signs in another way, find the scheme.';
  if (/does not match/.test(reason))
    return 'The sender signs with another secret than this endpoint has, or something on the way changed the body. Rotate the secret and paste the new one at the sender; if it signs in another way, find the scheme.';
  if (/\b(old|ago|future|ahead|seconds?|minutes?|time)\b/.test(reason))
    return 'The time of signing does not fit. Check the clock of this machine and of the sender, and whether it was sent again much later.';
  return 'Compare how the sender is set up with the steps of this endpoint; if it signs in another way, find the scheme.';
}
