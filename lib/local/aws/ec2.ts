import type { Instance, InstanceState } from '../bill/bill';
import type { Operation } from './operation';
import { pageOfList, pageTokens } from './page-tokens';
import { listOf, oneOf, optional, structure, text, wholeNumber } from './shape';

/** EC2's numeric codes of the states. */
const STATE_CODES: Readonly<Record<InstanceState, number>> = {
  pending: 0,
  running: 16,
  'shutting-down': 32,
  terminated: 48,
  stopping: 64,
  stopped: 80,
};

const STATES = Object.keys(STATE_CODES) as InstanceState[];

interface Filter {
  readonly Name: 'instance-state-name';
  readonly Value: readonly InstanceState[];
}

interface Input {
  readonly Filter: readonly Filter[] | undefined;
  readonly MaxResults: number | undefined;
  readonly NextToken: string | undefined;
}

const readInput = structure<Input>({
  Filter: optional(
    listOf(
      structure<Filter>({
        Name: oneOf(['instance-state-name'] as const),
        Value: listOf(oneOf(STATES), { least: 1 }),
      }),
    ),
  ),
  MaxResults: optional(wholeNumber(5, 1000)),
  NextToken: optional(text),
});

/**
 * Lists the instances of the Region.
 * @param pageSize most instances on a page, whatever MaxResults is.
 */
export function describeInstances(pageSize: number): Operation {
  const tokens = pageTokens({ unknown: 'InvalidNextToken', changed: 'InvalidNextToken' });
  return {
    pageNumber: ({ NextToken }) => tokens.pageNumber(NextToken),
    answer(input, { region, account: { accountId, instances } }) {
      const { Filter = [], MaxResults = pageSize, NextToken } = readInput(input, '');
      const { items, next } = pageOfList(
        tokens,
        instances.filter(
          (instance) =>
            instance.region === region && Filter.every(({ Value }) => Value.includes(instance.state)),
        ),
        {
          query: JSON.stringify([accountId, region, Filter]),
          token: NextToken,
          size: Math.min(MaxResults, pageSize),
        },
      );
      return { reservationSet: reservations(items, accountId), nextToken: next };
    },
  };
}

/** Instances in one reservation. Neighbours in the array count as launched together. */
const TOGETHER = 2;

function reservations(instances: readonly Instance[], ownerId: string) {
  return instances
    .filter((_, index) => index % TOGETHER === 0)
    .map((first, index) => ({
      reservationId: first.instanceId.replace(/^i-/, 'r-'),
      ownerId,
      instancesSet: instances.slice(index * TOGETHER, (index + 1) * TOGETHER).map(wireInstance),
    }));
}

function wireInstance({ instanceId, state, instanceProfileArn }: Instance) {
  return {
    instanceId,
    instanceState: { code: STATE_CODES[state], name: state },
    iamInstanceProfile:
      instanceProfileArn === undefined ? undefined : profile(instanceProfileArn, instanceId),
  };
}

function profile(arn: string, instanceId: string) {
  return { arn, id: instanceId.replace(/^i-/, 'AIPA').toUpperCase() };
}
