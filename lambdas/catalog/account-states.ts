/** The states in Organizations of accounts that are no longer open. Such an account is shown while the invoice has it. */
export const CLOSED_STATES = ['SUSPENDED', 'CLOSED'] as const;
