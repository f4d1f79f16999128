/** The schedule and the time limit of a user's collector. */
export const OWN_DEFAULTS = { hours: [6], timeoutSeconds: 300 } as const;
