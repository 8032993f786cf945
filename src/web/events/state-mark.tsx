const WORDS: Readonly<Record<string, string>> = {
  received: 'Received, not yet decided',
  queued: 'On its way to a channel',
  posted: 'Posted everywhere it should be',
  held: 'Held',
  dropped: 'Posted nowhere, on purpose',
  failed: 'Not deliverable to at least one channel',
  due: 'On its way',
  post: 'Posted to the channel',
  hold: 'Held',
  drop: 'Not posted',
};

/** Where an event, a post or a route's outcome stands, in one word. */
export function StateMark({ state }: { readonly state: string }) {
  return (
    <span class={`state state-${state}`} title={WORDS[state]}>
      {state}
    </span>
  );
}
