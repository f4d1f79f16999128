import { is } from '../../lambdas/promql/selector';
import { instanceCosts } from '../../lib/dashboards/sections/roles-selection';

const COST = 'aws_user_resource_billed_cost_usd{account_id=~"$account", region=~"$region"}';
const RUNS =
  'aws_role_resource_info{account_id=~"$account", region=~"$region", role_name="web", service="ec2", resource!=""}';

test('the cost of an instance is multiplied by its role, each fact once', () => {
  expect(instanceCosts(is('web')).expr('scraped')).toBe(
    `max by (account_id, region, resource) (${COST}) * on (account_id, region, resource) group_right () max by (account_id, region, resource, role_name) (${RUNS})`,
  );
});
