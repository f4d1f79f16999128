import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import {
  type GetAccountAuthorizationDetailsCommandInput,
  IAMClient,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
} from '@aws-sdk/client-iam';
import type { AwsAccess } from '../../aws/access';
import { Ec2Client } from '../../aws/ec2/client';
import {
  DescribeInstancesCommand,
  type DescribeInstancesInput,
  type Ec2Instance,
} from '../../aws/ec2/describe-instances-command';
import { regionsToAsk } from '../../aws/enabled-regions';
import { resourceCosts } from '../../aws/resource-costs';
import { notBundled } from '../../bundled';
import type { Settings } from '../../catalog/settings';
import type { Instance, Role, RolesSource } from './port';

/** Reads all roles from IAM in one paged call, instances from EC2 in each Region, and costs from Cost Explorer in one query. */
export function rolesSource(
  aws: AwsAccess,
  { resourceServices, regions }: Pick<Settings, 'resourceServices' | 'regions'>,
): RolesSource {
  return {
    async roles() {
      const paginator = { client: aws.client(IAMClient) };
      const roles: Role[] = [];
      for await (const page of paginateGetAccountAuthorizationDetails(
        paginator,
        { ...ROLES },
        abortedBy(aws),
      ))
        roles.push(...(page.RoleDetailList ?? []).map(roleOf));
      return roles;
    },

    regions: () => regionsToAsk(aws, regions),

    async instances(region) {
      const client = aws.client(Ec2Client, { region });
      const instances: Instance[] = [];
      let NextToken: string | undefined;
      do {
        const command = new DescribeInstancesCommand({ ...INSTANCES, NextToken });
        const page = await client.send(command, abortedBy(aws));
        for (const { Instances = [] } of page.Reservations ?? [])
          instances.push(...Instances.map(instanceOf));
        NextToken = page.NextToken;
      } while (NextToken);
      return instances;
    },

    resourceCosts: async (accountId, period) =>
      globalThis.WITHOUT_RESOURCE_COSTS
        ? notBundled('resource costs')
        : resourceCosts(
            aws.client(CostExplorerClient),
            {
              metric: 'aws_role_resource_billed_cost_usd',
              accountId,
              period,
              services: resourceServices,
              regions,
            },
            aws.signal,
          ),
  };
}

// Copied for each use: the SDK's paginators write their tokens into the input.
const ROLES: GetAccountAuthorizationDetailsCommandInput = { Filter: ['Role'] };

/** All states except terminated. */
const INSTANCES: DescribeInstancesInput = {
  Filters: [
    {
      Name: 'instance-state-name',
      Values: ['pending', 'running', 'shutting-down', 'stopping', 'stopped'],
    },
  ],
  MaxResults: 1000,
};

function abortedBy({ signal }: AwsAccess) {
  return { abortSignal: signal };
}

function roleOf({
  RoleName,
  Arn,
  RoleId,
  AssumeRolePolicyDocument,
  RoleLastUsed,
  InstanceProfileList = [],
}: RoleDetail): Role {
  if (!RoleName || !Arn || !RoleId) {
    throw new Error(
      `iam:GetAccountAuthorizationDetails: expected RoleName, Arn and RoleId of each role, got ${RoleName} ${Arn} ${RoleId}`,
    );
  }
  const { LastUsedDate: at, Region: region = '' } = RoleLastUsed ?? {};
  return {
    name: RoleName,
    arn: Arn,
    id: RoleId,
    instanceProfiles: InstanceProfileList.flatMap(({ Arn: profile }) => profile ?? []),
    trustPolicy: AssumeRolePolicyDocument ?? '',
    ...(at && { lastUsed: { at, region } }),
  };
}

function instanceOf({ InstanceId, State, IamInstanceProfile }: Ec2Instance): Instance {
  if (!InstanceId || !State?.Name) {
    throw new Error(
      `ec2:DescribeInstances: expected InstanceId and State.Name of each instance, got ${InstanceId} ${State?.Name}`,
    );
  }
  return { id: InstanceId, state: State.Name, instanceProfile: IamInstanceProfile?.Arn };
}
