export const follows = ['auto', 'edit', 'thread', 'new'] as const;

/**
 * How later events of a subject are shown: the first message is edited, they are replies in its thread, or each gets a
 * message of its own. `auto` goes by the kind of the subject.
 */
export type Follow = (typeof follows)[number];

/** What a reaction on a message says of its subject. */
export const reactions = ['acknowledged', 'over'] as const;

export type Reaction = (typeof reactions)[number];

export const broadcasts = ['never', 'end', 'always'] as const;

/** Which replies in a thread are shown in the channel as well, on a platform that can: none, the one that ends it, or all. */
export type Broadcast = (typeof broadcasts)[number];
