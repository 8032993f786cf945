export const densities = ['compact', 'normal', 'full'] as const;

/** How much of a message is shown: one line, what fits in about six, or everything. */
export type Density = (typeof densities)[number];

export const notifyLevels = ['always', 'important', 'never'] as const;

/** From which severity on a message pings the people it names: any, from a warning on, only a critical one, or none. */
export const pingLevels = ['always', 'warning', 'critical', 'never'] as const;
export type PingLevel = (typeof pingLevels)[number];

/** When a message's first line is shown by a phone: always, when it is severe or pings somebody, or never. */
export type NotifyLevel = (typeof notifyLevels)[number];
