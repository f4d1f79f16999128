import { type Group, group } from '../../lambdas/metrics/group';
import { registered } from '../../lambdas/metrics/registered-group';
import { sample } from '../../lambdas/metrics/sample';
import { type HeldGroups, heldGroups } from '../../lib/serve/held-groups';
import { knownFamilies } from '../../lib/serve/known-families';
import { memorySink } from '../../lib/serve/memory-sink';
import { ACCOUNT } from '../support/exposition';
import { callOf } from '../support/sink-call';

const NEVER = new AbortController().signal;
const CALL = callOf(NEVER);

/** Returns the health of a run of one collector. */
export function health(collector: 'roles' | 'tags', incomplete = 0): Group {
  const labels = { account_id: ACCOUNT, collector };
  return group('tollgate', labels, [sample('tollgate_run_incomplete', labels, incomplete)]);
}

/** Returns groups that runs have published. */
export async function heldOf(...groups: readonly Group[]): Promise<HeldGroups> {
  const held = heldGroups([]);
  const sink = memorySink({ collector: 'test', held, known: knownFamilies([]), save: async () => {} });
  for (const one of groups) await sink.put(registered(one), CALL);
  return held;
}
