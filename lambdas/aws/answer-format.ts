import { AnswerError } from './answer-error';
import { LargeAnswerError } from './bounded-body';

/** The head of an answer. */
export interface Answer {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Checks the format of an answer that the SDK has read.
 * @throws AnswerError for a web page, which XML services would read as an answer without data. The SDK retries it.
 */
export function demandAwsFormat(answer: Answer | undefined, operation: string): void {
  if (isWebPage(answer)) throw otherFormat(operation, answer);
}

/** Returns the error of an attempt. It names the operation and the answer if the SDK could not read what came. */
export function inWords(error: unknown, operation: string): unknown {
  if (error instanceof LargeAnswerError) return tooLarge(operation, error);
  const { $response, $fault, code } = Object(error) as ReadError;
  if ($response && code !== undefined) return cut(operation, $response);
  const isUnread = $response && $fault === undefined;
  return isUnread || isWebPage($response) ? otherFormat(operation, $response) : error;
}

/** Returns the answer that led to an error, if one came. */
export function answerOf(error: unknown): Answer | undefined {
  return (Object(error) as ReadError).$response;
}

/** Returns the time at which AWS answered, in milliseconds; undefined without a valid Date header. */
export function dateOf(answer: Answer | undefined): number | undefined {
  const ms = Date.parse(answer?.headers?.date ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** An error with the fields that the SDK adds. */
interface ReadError {
  /** The answer, if one came. */
  readonly $response?: Answer;
  /** Set if the answer is an error of AWS. */
  readonly $fault?: string;
  /** Set if the connection broke. */
  readonly code?: string;
}

function isWebPage(answer: Answer | undefined): boolean {
  return /\bhtml\b/i.test(contentType(answer) ?? '');
}

function contentType(answer: Answer | undefined): string | undefined {
  return answer?.headers?.['content-type'];
}

/** Returns an error that the SDK retries like an internal error of AWS. */
function otherFormat(operation: string, answer: Answer | undefined): AnswerError {
  const type = contentType(answer) ?? 'none';
  const error = new AnswerError(
    `${operation}: expected an answer of AWS, got HTTP ${answer?.statusCode} with content type ${type}; check the proxy between the function and AWS`,
  );
  return Object.assign(error, { $retryable: {} });
}

/** Returns an error that the SDK retries like an internal error of AWS. */
function cut(operation: string, { statusCode }: Answer): AnswerError {
  const error = new AnswerError(
    `${operation}: expected a complete answer, got HTTP ${statusCode} and a connection that was cut within the answer`,
  );
  return Object.assign(error, { $retryable: {} });
}

function tooLarge(operation: string, { megabytes }: LargeAnswerError): AnswerError {
  return new AnswerError(
    `${operation}: expected an answer of at most ${megabytes} MB, got a larger one; choose fewer days, Regions or services in the settings`,
  );
}
