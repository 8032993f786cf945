export const densities = ['compact', 'normal', 'full'] as const;

/** How much of a message is shown: one line, what fits in about six, or everything. */
export type Density = (typeof densities)[number];

export const notifyLevels = ['always', 'important', 'never'] as const;

/** When a message's first line is shown by a phone: always, when it is severe or pings somebody, or never. */
export type NotifyLevel = (typeof notifyLevels)[number];
