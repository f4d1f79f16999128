import type { MemberAccount } from '../bill/bill';
import type { Identity } from './callers';

/** One operation of AWS, independent of its protocol. */
export interface Operation {
  /** Returns the result under the API's names, with times as Date. Throws an AwsFailure. */
  answer(input: Input, context: CallContext): Result;
  /** Returns the number of the page that the input asks for, from 1. */
  pageNumber(input: Input): number;
  /** Returns the ARN that the caller's role must allow. @default any, because most actions have no resource level */
  resourceOf?(input: Input, context: Pick<CallContext, 'region' | 'identity'>): string;
  /** True if AWS allows it to every caller, whatever its permissions. @default false */
  readonly isAlwaysAllowed?: boolean;
}

/** The parameters under the API's names. */
export type Input = Readonly<Record<string, unknown>>;

/** The result under the API's names. */
export type Result = Readonly<Record<string, unknown>>;

/** The facts about a call besides its parameters. */
export interface CallContext {
  /** The Region in the signature's credential scope. */
  readonly region: string;
  readonly identity: Identity;
  /** The account of the credentials. */
  readonly account: MemberAccount;
}

/** Operations by service and name: `iam:ListUsers`. */
export type Operations = Readonly<Record<string, Operation>>;
