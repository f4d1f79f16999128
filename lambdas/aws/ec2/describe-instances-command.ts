import type { IAMClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-iam';
import { makeBuilder } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type {
  $SchemaRef,
  MetadataBearer,
  StaticListSchema,
  StaticOperationSchema,
  StaticStructureSchema,
} from '@smithy/types';
import { NAMESPACE, SERVICE } from './client';

/** The parameters that are sent. */
export interface DescribeInstancesInput {
  readonly Filters?: readonly { readonly Name: string; readonly Values: readonly string[] }[];
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** The members of EC2's answer that are read; the others are skipped. */
interface DescribeInstancesOutput extends MetadataBearer {
  readonly Reservations?: readonly { readonly Instances?: readonly Ec2Instance[] }[];
  readonly NextToken?: string;
}

/** An instance with the members that are read. */
export interface Ec2Instance {
  readonly InstanceId?: string;
  readonly State?: { readonly Name?: string };
  readonly IamInstanceProfile?: { readonly Arn?: string };
}

/** Type numbers of the SDK's schemas: first the kinds of a schema, then the simple types. */
const LIST = 1;
const STRUCTURE = 3;
const OPERATION = 9;
const STRING = 0;
const NUMBER = 1;

// `ec2QueryName` names a member in the request. `xmlName` names it in the answer, and in the request if it is the only name.
const FILTER = structure('Filter', {
  Name: STRING,
  Values: [() => list(STRING, 'Item'), { xmlName: 'Value' }],
});
const REQUEST = structure('DescribeInstancesRequest', {
  Filters: [() => list(() => FILTER, 'Filter'), { xmlName: 'Filter' }],
  NextToken: [STRING, { ec2QueryName: 'NextToken', xmlName: 'nextToken' }],
  MaxResults: [NUMBER, { ec2QueryName: 'MaxResults', xmlName: 'maxResults' }],
});

const STATE = structure('InstanceState', { Name: [STRING, { xmlName: 'name' }] });
const PROFILE = structure('IamInstanceProfile', { Arn: [STRING, { xmlName: 'arn' }] });
const INSTANCE = structure('Instance', {
  InstanceId: [STRING, { xmlName: 'instanceId' }],
  State: [() => STATE, { xmlName: 'instanceState' }],
  IamInstanceProfile: [() => PROFILE, { xmlName: 'iamInstanceProfile' }],
});
const RESERVATION = structure('Reservation', {
  Instances: [() => list(() => INSTANCE, 'item'), { xmlName: 'instancesSet' }],
});
const RESULT = structure('DescribeInstancesResult', {
  NextToken: [STRING, { xmlName: 'nextToken' }],
  Reservations: [() => list(() => RESERVATION, 'item'), { xmlName: 'reservationSet' }],
});

function structure(name: string, members: Readonly<Record<string, $SchemaRef>>): StaticStructureSchema {
  return [STRUCTURE, NAMESPACE, name, 0, Object.keys(members), Object.values(members)];
}

function list(member: $SchemaRef, xmlName: string): StaticListSchema {
  return [LIST, NAMESPACE, 'List', 0, [member, { xmlName }] as $SchemaRef];
}

const DESCRIBE_INSTANCES: StaticOperationSchema = [
  OPERATION,
  NAMESPACE,
  'DescribeInstances',
  0,
  () => REQUEST,
  () => RESULT,
];

const command = makeBuilder<IAMClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes>(
  {
    UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
    Endpoint: { type: 'builtInParams', name: 'endpoint' },
    Region: { type: 'builtInParams', name: 'region' },
    UseDualStack: { type: 'builtInParams', name: 'useDualstackEndpoint' },
  },
  SERVICE,
  'EC2Client',
  getEndpointPlugin,
);

/** EC2's DescribeInstances, built like the SDK's own commands. Its schema has only the members that are sent and read. */
export const DescribeInstancesCommand = command<DescribeInstancesInput, DescribeInstancesOutput>(
  {},
  () => [],
  'DescribeInstances',
  DESCRIBE_INSTANCES,
);
