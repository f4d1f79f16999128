import type { IncomingHttpHeaders } from 'node:http';
import type { Input, Result } from './operation';

/** A request as received. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as it was sent. */
  readonly bytes: Buffer;
}

/** An answer to send. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** @default only the content type */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error answer before its protocol writes it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** The HTTP status. @default the protocol's status for the code */
  readonly status?: number;
}

/** The wire protocol of a group of AWS services. */
export interface Protocol {
  /** Reports whether the request uses this protocol. */
  speaks(request: HttpRequest): boolean;
  /** Returns the IAM action, as far as the request names one. */
  actionOf(request: HttpRequest): string;
  /** Throws an AwsFailure when the body cannot be read. */
  inputOf(request: HttpRequest): Input;
  success(action: string, result: Result): HttpAnswer;
  /** Takes the code of the JSON services; the answer holds the protocol's own code. */
  failure(failure: Failure): HttpAnswer & { readonly errorCode: string };
}

/** Reports whether the request is a form, as the Query protocols send it. */
export function isForm({ headers }: HttpRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}
