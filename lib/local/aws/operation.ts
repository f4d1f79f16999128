import type { MemberAccount } from '../bill/bill';
import type { Identity } from './callers';

/** One operation of AWS, apart from how it travels. */
export interface Operation {
  /** The result's members, by the names that travel; dates as Date. Throws an AwsFailure. */
  answer(input: Input, context: CallContext): Result;
  /** Which page of the answer the input asks for: 1 is the first. */
  pageNumber(input: Input): number;
}

/** The parameters, by the names of the API. */
export type Input = Readonly<Record<string, unknown>>;

export type Result = Readonly<Record<string, unknown>>;

export interface CallContext {
  /** Of the signature's credential scope. */
  readonly region: string;
  readonly identity: Identity;
  /** That of the credentials. */
  readonly account: MemberAccount;
}

/** Operations by service and name: `iam:ListUsers`. */
export type Operations = Readonly<Record<string, Operation>>;
