import type { AwsAccess } from '../../lambdas/aws/access';
import { JOBS, type JobName } from '../../lambdas/catalog/jobs';
import { describeFailures } from '../../lambdas/failure';
import { type Group, possibleJobs, sizeOf, withLabels } from '../../lambdas/metrics/group';
import type { Profile } from '../../lambdas/metrics/profile';
import { successGroup } from '../../lambdas/run/health';
import { UserError } from '../user-error';
import { PAST_COLLECTORS } from './past-collectors';
import type { PastRun } from './plan';
import { inputOf, type PastSuite } from './suite';

/** The ports of a past run: the recorded costs of its account, and the names to publish. */
interface PastRunPorts {
  readonly aws: AwsAccess;
  readonly profile: Profile;
}

/**
 * Returns the groups that the run would have pushed, as far as they have history.
 * @throws UserError if the recorded answers cannot be read.
 */
export async function pastGroups(
  suite: PastSuite,
  { collector, account, day }: PastRun,
  { aws, profile }: PastRunPorts,
): Promise<Group[]> {
  const input = inputOf(suite, account, day);
  const collect = PAST_COLLECTORS[collector](
    { aws, today: account.today, oldest: suite.oldest },
    suite.settings,
  );
  const found = await collect(input);
  if (found.failures.length > 0)
    throw new UserError(`${collector}, ${account.accountId}, ${day}: ${describeFailures(found.failures)}`);
  const groups = found.groups.filter(({ job }) => !WITHOUT_HISTORY.has(job));
  const published = profile.groups(groups, { ...account, ...input, complete: true });
  const success = successGroup({ ...account, name: collector, now: () => input.scheduledTime }, found);
  return [...published, success]
    .filter((group) => sizeOf(group) > 0)
    .map((group) => withLabels(suite.labels, group));
}

/** The names of all jobs that have no history. */
const WITHOUT_HISTORY: ReadonlySet<string> = new Set(
  (Object.keys(JOBS) as JobName[]).filter((job) => 'none' in JOBS[job].history).flatMap(possibleJobs),
);
