import type { IncomingHttpHeaders } from 'node:http';
import type { Input, Result } from './operation';

/** A request as it came. */
export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** @default none besides the content's type */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Of HTTP, where it is not what the code always has. */
  readonly status?: number;
}

/** How a family of AWS services speaks HTTP. */
export interface Protocol {
  /** Whether the request is one of its own. */
  speaks(request: HttpRequest): boolean;
  /** What the request asks for, as far as it can be told. */
  actionOf(request: HttpRequest): string;
  /** Throws an AwsFailure when the body cannot be read. */
  inputOf(request: HttpRequest): Input;
  success(action: string, result: Result): HttpAnswer;
  /** The code is that of the JSON services; the answer holds the protocol's own word for it. */
  failure(failure: Failure): HttpAnswer & { readonly errorCode: string };
}

/** What the Query protocols send. */
export function isForm({ headers }: HttpRequest): boolean {
  return headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
}
