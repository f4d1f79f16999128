import { BLIND_AT_SINK } from '../../lambdas/ledger/take-run';
import type { Target } from '../../lambdas/run/target';

/** Returns a sink during a run whose ledger knows nothing, with the given calls. */
export function targetTo(calls: Partial<Target>): Target {
  return {
    id: 'store',
    isRetired: false,
    keepsGroups: true,
    mayHoldMore: true,
    turn: BLIND_AT_SINK,
    check: async () => {},
    put: async () => {},
    delete: async () => {},
    stored: async () => undefined,
    labels: {},
    named: (group) => group,
    ...calls,
  };
}
