import { authorise, type Caller, callerOf, credentialOf, type Permissions } from './callers';
import { AwsFailure, INTERNAL_FAILURE, invalid } from './failure';
import { jsonProtocol } from './json-protocol';
import type { Operations } from './operation';
import { type OperationsOptions, operations } from './operations';
import type { HttpAnswer, HttpRequest, Protocol } from './protocol';
import { queryProtocol } from './query-protocol';

export interface SimulatedCloudOptions extends OperationsOptions {
  readonly callers: readonly Caller[];
  /** IAM actions denied to everybody. @default none */
  readonly denied?: readonly string[];
}

/** One request that came, whatever it was answered with. */
export interface SimulatedRequest {
  /** The caller's name; the access key where nobody has it, empty where the request is unsigned. */
  readonly caller: string;
  /** The IAM action: `ce:GetCostAndUsage`. */
  readonly action: string;
  /** 1 is the query itself, 2 and more its following pages. */
  readonly page: number;
  /** Of HTTP. */
  readonly status: number;
  readonly errorCode?: string;
}

export interface Answered {
  readonly answer: HttpAnswer;
  readonly record: SimulatedRequest;
}

/** Everything about the simulated AWS but its socket. */
export function simulatedCloud(options: SimulatedCloudOptions): (request: HttpRequest) => Answered {
  const cloud: Cloud = {
    operations: operations(options),
    permissions: {
      accountId: options.bill.accountId,
      callers: options.callers,
      denied: options.denied ?? [],
    },
  };
  return (request) => {
    const protocol = protocolOf(request);
    const seen: Seen = { caller: '', action: protocol.actionOf(request), page: 1 };
    try {
      const answer = answerCall(cloud, request, { protocol, seen });
      return { answer, record: { ...seen, status: answer.status } };
    } catch (error) {
      const { errorCode, ...answer } = protocol.failure(codeOf(error), (error as Error).message);
      return { answer, record: { ...seen, status: answer.status, errorCode } };
    }
  };
}

interface Cloud {
  readonly operations: Operations;
  readonly permissions: Permissions;
}

/** What is known of a request so far: it is recorded however far the request gets. */
interface Seen {
  caller: string;
  readonly action: string;
  page: number;
}

function answerCall(
  { operations, permissions }: Cloud,
  request: HttpRequest,
  { protocol, seen }: { protocol: Protocol; seen: Seen },
): HttpAnswer {
  const credential = credentialOf(request.headers.authorization);
  seen.caller = credential.accessKeyId;
  const caller = callerOf(credential, permissions);
  seen.caller = caller.name;
  const operation = modelled(operations, seen.action);
  authorise(caller, seen.action, permissions);
  const input = protocol.inputOf(request);
  seen.page = operation.pageNumber(input);
  return protocol.success(seen.action, operation.answer(input, credential));
}

/** Before the permission is looked at: a gap in the simulation must not look like a gap in the role. */
function modelled(operations: Operations, action: string) {
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  if (operation) return operation;
  throw invalid(`the simulated AWS expected one of ${Object.keys(operations).join(', ')}, got ${action}`);
}

/** What speaks no protocol is answered in JSON. */
function protocolOf({ headers }: HttpRequest): Protocol {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return isForm ? queryProtocol : jsonProtocol;
}

/** Everything but an AwsFailure is a defect of the simulation: to be seen, and not to be taken for an answer of AWS. */
function codeOf(error: unknown): string {
  if (error instanceof AwsFailure) return error.code;
  console.error('simulated AWS: defect:', error);
  return INTERNAL_FAILURE;
}
