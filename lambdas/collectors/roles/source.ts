import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import { GetAccountAuthorizationDetailsCommand, IAMClient, type RoleDetail } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../../aws/access';
import { AnswerError, listIn } from '../../aws/answer-error';
import { Ec2Client } from '../../aws/ec2/client';
import {
  DescribeInstancesCommand,
  type DescribeInstancesInput,
  type Ec2Instance,
} from '../../aws/ec2/describe-instances-command';
import { regionsToAsk } from '../../aws/enabled-regions';
import { markerOf, pagesOf } from '../../aws/pages';
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
      const client = aws.client(IAMClient);
      const pages = pagesOf(ROLES, {
        request: (Marker) =>
          client.send(
            new GetAccountAuthorizationDetailsCommand({ Filter: ['Role'], Marker }),
            abortedBy(aws),
          ),
        tokenOf: (page) => markerOf(ROLES, page),
      });
      const roles: Role[] = [];
      for await (const { RoleDetailList } of pages)
        roles.push(...listIn(ROLES, { RoleDetailList }).map(roleOf));
      return roles;
    },

    regions: () => regionsToAsk(aws, regions),

    async instances(region) {
      const client = aws.client(Ec2Client, { region });
      const pages = pagesOf(INSTANCES, {
        request: (NextToken) =>
          client.send(new DescribeInstancesCommand({ ...NOT_TERMINATED, NextToken }), abortedBy(aws)),
        tokenOf: ({ NextToken }) => NextToken,
      });
      const instances: Instance[] = [];
      for await (const { Reservations } of pages)
        for (const { Instances } of listIn(INSTANCES, { Reservations }))
          instances.push(...listIn(INSTANCES, { Instances }).map(instanceOf));
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

const ROLES = 'iam:GetAccountAuthorizationDetails';
const INSTANCES = 'ec2:DescribeInstances';

/** All states except terminated. */
const NOT_TERMINATED: DescribeInstancesInput = {
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
    throw new AnswerError(
      `${ROLES}: expected RoleName, Arn and RoleId of each role, got ${RoleName} ${Arn} ${RoleId}`,
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
    throw new AnswerError(
      `${INSTANCES}: expected InstanceId and State.Name of each instance, got ${InstanceId} ${State?.Name}`,
    );
  }
  return { id: InstanceId, state: State.Name, instanceProfile: IamInstanceProfile?.Arn };
}
