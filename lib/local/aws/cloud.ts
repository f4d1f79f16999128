import { type Delivery, whole } from '../faults/delivery';
import { type Accounts, accountsOf, checkAccount } from './accounts';
import { apsProtocol } from './aps-protocol';
import { authorise, type Caller, credentialOf, type Identities, identitiesOf, identityOf } from './callers';
import { dynamodbProtocol } from './dynamodb-protocol';
import { ec2Protocol } from './ec2-protocol';
import { AwsFailure, INTERNAL_FAILURE, invalid } from './failure';
import { type AwsFault, type Effect, faultInjector, type Struck } from './faults';
import { type IamActions, iamActionOf } from './iam-actions';
import { jsonProtocol } from './json-protocol';
import type { Operations } from './operation';
import { type OperationsOptions, operations } from './operations';
import type { Failure, HttpAnswer, HttpRequest, Protocol } from './protocol';
import { queryProtocol } from './query-protocol';
import { restJsonProtocol } from './rest-json-protocol';

/** The callers of the simulated AWS and its faults. */
export interface SimulatedCloudOptions extends OperationsOptions {
  readonly callers: readonly Caller[];
  /** IAM actions denied to every caller. @default none */
  readonly denied?: readonly string[];
  /** Operations whose IAM action has another name. @default the table of this project */
  readonly renamedActions?: IamActions;
  /** Faults to provoke. @default none */
  readonly faults?: readonly AwsFault[];
}

/** A request and its outcome. */
export interface SimulatedRequest {
  /** The caller's name; the access key when it is unknown, empty when the request is unsigned. */
  readonly caller: string;
  /** The operation: `ce:GetCostAndUsage`. */
  readonly action: string;
  /** 1 for the query itself, 2 and more for its following pages. */
  readonly page: number;
  /** The HTTP status. A fault may have kept the answer with this status from arriving. */
  readonly status: number;
  readonly errorCode?: string;
  readonly fault?: Struck['kind'];
}

interface Answered {
  readonly answer: HttpAnswer;
  readonly record: SimulatedRequest;
  readonly deliver: Delivery;
}

/** Returns the simulated AWS without its socket. */
export function simulatedCloud(options: SimulatedCloudOptions): (request: HttpRequest) => Answered {
  const accounts = accountsOf(options.bill);
  for (const { name, accountId } of options.callers)
    if (accountId !== undefined) checkAccount(accounts, accountId, name);
  const identities = identitiesOf(options.callers, options.bill.accountId);
  const cloud: Cloud = {
    accounts,
    identities,
    operations: operations(options, { accounts, identities }),
    denied: options.denied ?? [],
    iamAction: (operation) => iamActionOf(operation, options.renamedActions),
    faultOf: faultInjector(options.faults ?? []),
  };
  return (request) => {
    const protocol = protocolOf(request);
    const seen: Seen = { caller: '', action: protocol.actionOf(request), page: 1 };
    const { errorCode, ...answer } = answerOrFailure(cloud, request, { protocol, seen });
    const { struck, ...rest } = seen;
    const fault = struck && { fault: struck.kind };
    const record = { ...rest, status: answer.status, ...(errorCode && { errorCode }), ...fault };
    return { answer, record, deliver: struck?.deliver ?? whole };
  };
}

interface Cloud {
  readonly accounts: Accounts;
  readonly identities: Identities;
  readonly operations: Operations;
  readonly denied: readonly string[];
  readonly iamAction: (operation: string) => string;
  readonly faultOf: ReturnType<typeof faultInjector>;
}

/** The facts about a request that are known so far. They are recorded even if the request fails early. */
interface Seen {
  caller: string;
  readonly action: string;
  page: number;
  struck?: Struck;
}

interface Call {
  readonly protocol: Protocol;
  readonly seen: Seen;
}

function answerOrFailure(
  cloud: Cloud,
  request: HttpRequest,
  call: Call,
): HttpAnswer & { readonly errorCode?: string } {
  try {
    return answerCall(cloud, request, call);
  } catch (error) {
    return call.protocol.failure(failureOf(error));
  }
}

function answerCall(
  { accounts, identities, operations, denied, iamAction, faultOf }: Cloud,
  request: HttpRequest,
  { protocol, seen }: Call,
): HttpAnswer {
  const credential = credentialOf(request.headers);
  seen.caller = credential.accessKeyId;
  const identity = identityOf(credential, identities);
  seen.caller = identity.name;
  const operation = modelled(operations, seen.action);
  const { region } = credential;
  const input = protocol.inputOf(request);
  const resource = operation.resourceOf?.(input, { region, identity });
  if (!operation.isAlwaysAllowed) authorise(identity, { action: iamAction(seen.action), resource }, denied);
  seen.page = operation.pageNumber(input);
  seen.struck = faultOf({ ...seen, region, accountId: identity.accountId });
  const { failure, change = (result) => result }: Effect = seen.struck ?? {};
  if (failure) throw failure;
  const account = accountOf(accounts, identity.accountId);
  return protocol.success(seen.action, change(operation.answer(input, { region, identity, account }), input));
}

/** Returns an account that is known to exist. */
function accountOf(accounts: Accounts, accountId: string) {
  const account = accounts.get(accountId);
  if (account) return account;
  throw new Error(`expected a caller of an account of the bill, got ${accountId}`);
}

/** Runs before the permission check, so that a gap in the simulation does not look like a gap in the role. */
function modelled(operations: Operations, action: string) {
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (operation) return operation;
  throw invalid(`the simulated AWS expected one of ${Object.keys(operations).join(', ')}, got ${action}`);
}

/** The wire protocols. Special ones come before the general ones that would also accept their requests. */
const PROTOCOLS = [apsProtocol, ec2Protocol, queryProtocol, dynamodbProtocol, jsonProtocol, restJsonProtocol];

/** Requests of an unknown protocol are answered in JSON. */
function protocolOf(request: HttpRequest): Protocol {
  return PROTOCOLS.find((protocol) => protocol.speaks(request)) ?? jsonProtocol;
}

/**
 * Returns the answer for an error. Any error but an AwsFailure is a defect of the simulation, and is logged so that it is not
 * mistaken for an answer of AWS.
 */
function failureOf(error: unknown): Failure {
  if (error instanceof AwsFailure) return error;
  console.error('simulated AWS: defect:', error);
  return { code: INTERNAL_FAILURE, message: (error as Error).message };
}
