import type { Turn } from './take-run';

/** The turn of a run without a ledger: it publishes, and owns no group to delete. */
export const WITHOUT_MEMORY: Turn = {
  owned: [],
  others: [],
  groupsRecorded: true,
  unavailableSince: {},
  isHeld: async () => true,
  record: async () => {},
  forget: async () => {},
  end: async () => {},
};
