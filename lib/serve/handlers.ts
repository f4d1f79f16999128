import type { AwsAccess } from '../../lambdas/aws/access';
import type { CollectorName } from '../../lambdas/catalog/collectors';
import type { Collector } from '../../lambdas/collector';
import * as accounts from '../../lambdas/collectors/accounts/handler';
import * as digest from '../../lambdas/collectors/digest/handler';
import * as iamUsers from '../../lambdas/collectors/iam-users/handler';
import * as projects from '../../lambdas/collectors/projects/handler';
import * as roles from '../../lambdas/collectors/roles/handler';
import * as services from '../../lambdas/collectors/services/handler';
import * as tags from '../../lambdas/collectors/tags/handler';
import * as userCosts from '../../lambdas/collectors/user-costs/handler';

/** The handler of each collector, which the exporter runs in its own process. */
export const HANDLERS = {
  accounts,
  digest,
  'iam-users': iamUsers,
  projects,
  roles,
  services,
  tags,
  'user-costs': userCosts,
} satisfies Record<CollectorName, { readonly handler: { readonly collectorOf: Factory } }>;

/** Each collector takes the settings of its row. Its name selects both. */
type Factory = (aws: AwsAccess, settings: never) => Collector;
