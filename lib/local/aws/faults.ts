import { BROKEN_DELIVERIES, type Delivery, late } from '../faults/delivery';
import { striker, type Turns } from '../faults/turns';
import { AwsFailure, INTERNAL_FAILURE } from './failure';
import type { Result } from './operation';

/** Something that goes wrong in AWS, or on the way. */
export type AwsFault = Turns &
  FaultKind & {
    /** An IAM action, or all of a service: `ce:*`. */
    readonly action: string;
    /** Only in this Region. */
    readonly region?: string;
    /** Only for callers of this account. */
    readonly accountId?: string;
    /** Only where this page of an answer is asked for. */
    readonly page?: number;
  };

type FaultKind =
  | { readonly kind: Exclude<Kind, 'amount' | 'delay'> }
  /** Replaces the first amount of the answer. */
  | { readonly kind: 'amount'; readonly amount: string; readonly unit?: string }
  | { readonly kind: 'delay'; readonly ms: number };

/** One call, as far as faults look at it. */
export interface Call {
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  readonly page: number;
}

/** What a fault does to an answer. */
export interface Effect {
  /** Instead of the result. */
  readonly failure?: AwsFailure;
  readonly change?: (result: Result) => Result;
  readonly deliver?: Delivery;
}

export interface Struck extends Effect {
  readonly kind: Kind;
}

const EFFECTS = {
  throttle: (_, { action }) =>
    refusal(THROTTLED[serviceOf(action)] ?? 'ThrottlingException', 'Rate exceeded'),
  'error-500': () => refusal(INTERNAL_FAILURE, 'An internal error has occurred.', 500),
  'error-503': () => refusal('ServiceUnavailable', 'Service is unavailable.', 503),
  deny: (_, { action }) =>
    refusal('AccessDeniedException', `User is not authorized to perform: ${action} on resource: *`),
  'not-enabled': () => refusal('AccessDeniedException', 'User not enabled for cost explorer access'),
  'no-data': () => refusal('DataUnavailableException', 'The requested data is unavailable.'),
  'region-off': () =>
    refusal('UnrecognizedClientException', 'The security token included in the request is invalid.'),
  'expired-credentials': () =>
    refusal('ExpiredTokenException', 'The security token included in the request is expired'),
  'invalid-page-token': () => refusal('InvalidNextTokenException', 'The pagination token is invalid.'),
  'request-changed': () =>
    refusal('RequestChangedException', 'Your request parameters changed between pages.'),
  amount: ({ amount, unit = 'USD' }) => ({
    change: (result) => withAmount(result, { Amount: amount, Unit: unit }),
  }),
  hang: () => ({ deliver: BROKEN_DELIVERIES.hang }),
  drip: () => ({ deliver: BROKEN_DELIVERIES.drip }),
  reset: () => ({ deliver: BROKEN_DELIVERIES.reset }),
  truncate: () => ({ deliver: BROKEN_DELIVERIES.truncate }),
  delay: ({ ms }) => ({ deliver: late(ms) }),
} as const satisfies Record<string, (fault: Given, call: Call) => Effect>;

type Kind = keyof typeof EFFECTS;
/** What some kinds ask for; the type of a fault holds each kind to its own. */
type Given = { readonly amount: string; readonly unit?: string; readonly ms: number };

/** How each service says that it is asked too often, with status 400. */
const THROTTLED: Readonly<Record<string, string>> = {
  account: 'TooManyRequestsException',
  ce: 'LimitExceededException',
  ec2: 'RequestLimitExceeded',
  iam: 'Throttling',
  organizations: 'TooManyRequestsException',
  sts: 'Throttling',
  tag: 'ThrottledException',
};

/** Tells of each call what strikes it: of several faults the first, while all of them count it. */
export function faultInjector(faults: readonly AwsFault[]): (call: Call) => Struck | undefined {
  const armed = faults.map((fault) => ({ fault, strikes: striker(fault) }));
  return (call) => {
    const [struck] = armed.filter(({ fault, strikes }) => isAbout(fault, call) && strikes());
    if (!struck) return undefined;
    const { fault } = struck;
    return { kind: fault.kind, ...EFFECTS[fault.kind](fault as Given & AwsFault, call) };
  };
}

function isAbout({ action, region, accountId, page }: AwsFault, call: Call): boolean {
  const isAction = action === call.action || action === `${serviceOf(call.action)}:*`;
  const isThere =
    [undefined, call.region].includes(region) && [undefined, call.accountId].includes(accountId);
  return isAction && isThere && [undefined, call.page].includes(page);
}

function serviceOf(action: string): string {
  return action.split(':')[0] ?? '';
}

function refusal(code: string, message: string, status?: number): Effect {
  return { failure: new AwsFailure(code, message, status) };
}

type Money = { readonly Amount: string; readonly Unit: string };

interface Costs {
  readonly Groups: readonly { readonly Metrics: object }[];
  readonly Total: object;
}

/** Of a forecast the total; of sums the first group's, or the first period's where there are no groups. */
function withAmount(result: Result, amount: Money): Result {
  const periods = result.ResultsByTime as readonly Costs[] | undefined;
  if (!periods) return { ...result, Total: amount };
  const grouped = periods.findIndex(({ Groups }) => Groups.length > 0);
  const at = Math.max(grouped, 0);
  const replaced = periods.map((costs, index) => (index === at ? withCost(costs, amount) : costs));
  return { ...result, ResultsByTime: replaced };
}

function withCost({ Groups: [first, ...others], Total, ...rest }: Costs, UnblendedCost: Money) {
  if (!first) return { ...rest, Groups: [], Total: { ...Total, UnblendedCost } };
  const Metrics = { ...first.Metrics, UnblendedCost };
  return { ...rest, Total, Groups: [{ ...first, Metrics }, ...others] };
}
