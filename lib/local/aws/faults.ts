import { BROKEN_DELIVERIES, type Delivery, late } from '../faults/delivery';
import { striker, type Turns } from '../faults/turns';
import { BROKEN_ANSWERS, emptyBody, padded, webPage, without } from './broken-answers';
import { AwsFailure, INTERNAL_FAILURE } from './failure';
import type { Input, Result } from './operation';

/** A fault in AWS or on the network. */
export type AwsFault = Turns &
  FaultKind & {
    /** An IAM action, or every action of a service: `ce:*`. */
    readonly action: string;
    /** @default every Region */
    readonly region?: string;
    /** @default callers of every account */
    readonly accountId?: string;
    /** @default every page of an answer */
    readonly page?: number;
  };

type FaultKind =
  | { readonly kind: Exclude<Kind, 'amount' | 'delay' | 'without' | 'web-page' | 'padded'> }
  /** Replaces the first amount of the answer. */
  | { readonly kind: 'amount'; readonly amount: string; readonly unit?: string }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Removes a member of the answer. */
  | { readonly kind: 'without'; readonly member: string }
  /** A proxy answers with HTML. */
  | { readonly kind: 'web-page'; readonly status?: number }
  /** Sends that much white space before the answer. */
  | { readonly kind: 'padded'; readonly bytes: number };

/** The properties of a call that faults match. */
interface Call {
  readonly action: string;
  readonly region: string;
  readonly accountId: string;
  readonly page: number;
}

/** The change that a fault makes to an answer. */
export interface Effect {
  /** Replaces the result. */
  readonly failure?: AwsFailure;
  readonly change?: (result: Result, input: Input) => Result;
  readonly deliver?: Delivery;
}

/** The fault of a call and its effect. */
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
  without: ({ member }) => ({ change: (result) => without(result, member) }),
  'web-page': ({ status = 200 }) => ({ deliver: webPage(status) }),
  padded: ({ bytes }) => ({ deliver: padded(bytes) }),
  'empty-body': () => ({ deliver: emptyBody }),
  ...changes(BROKEN_ANSWERS),
} as const satisfies Record<string, (fault: Given, call: Call) => Effect>;

type Kind = keyof typeof EFFECTS;
/** Parameters of some kinds; the fault's type requires them for those kinds. */
type Given = {
  readonly amount: string;
  readonly unit?: string;
  readonly ms: number;
  readonly member: string;
  readonly status?: number;
  readonly bytes: number;
};

function changes<K extends string>(
  kinds: Readonly<Record<K, NonNullable<Effect['change']>>>,
): Readonly<Record<K, () => Effect>> {
  const effects = Object.entries(kinds).map(([kind, change]) => [kind, () => ({ change })]);
  return Object.fromEntries(effects);
}

/** Each service's error code for too many requests; the status is 400. */
const THROTTLED: Readonly<Record<string, string>> = {
  account: 'TooManyRequestsException',
  ce: 'LimitExceededException',
  dynamodb: 'ProvisionedThroughputExceededException',
  ec2: 'RequestLimitExceeded',
  iam: 'Throttling',
  organizations: 'TooManyRequestsException',
  sts: 'Throttling',
  tag: 'ThrottledException',
};

/** Returns a function that finds the fault for each call. The first match wins; every match counts the call. */
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

/** Replaces a forecast's total, or the amount of the first group, or of the first period when there are no groups. */
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
