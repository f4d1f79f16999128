import { createHash } from 'node:crypto';
import { AwsFailure, INTERNAL_FAILURE } from './failure';
import type { HttpRequest, Protocol } from './protocol';

const ROUTE = /^\/workspaces\/([^/]+)\/api\/v1\/(\w+)$/;

/** The HTTP status of errors whose status is not 400. */
const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  MissingAuthenticationTokenException: 403,
  UnrecognizedClientException: 403,
  ThrottlingException: 429,
  [INTERNAL_FAILURE]: 500,
};

/** The headers of remote write 1.0. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-encoding': 'snappy',
  'content-type': 'application/x-protobuf',
  'x-prometheus-remote-write-version': '0.1.0',
};

/** The API of Prometheus below the path of a workspace: the body of a request is binary, and errors are plain text. */
export const apsProtocol: Protocol = {
  speaks: ({ path }) => ROUTE.test(path),

  actionOf({ method, path }) {
    const [, , operation = ''] = ROUTE.exec(path) ?? [];
    return method === 'POST' && operation === 'remote_write'
      ? 'aps:RemoteWrite'
      : `aps:${method} ${operation}`;
  },

  inputOf(request) {
    checkHeaders(request);
    return { WorkspaceId: ROUTE.exec(request.path)?.[1], Body: request.bytes };
  },

  success: () => ({ status: 200, contentType: 'application/json', body: '' }),

  failure({ code, message, status = STATUS[code] ?? 400 }) {
    const headers = { 'x-amzn-errortype': code, ...(status === 429 && { 'retry-after': '1' }) };
    return { status, contentType: 'text/plain', headers, body: `${message}\n`, errorCode: code };
  },
};

function checkHeaders({ headers, bytes }: HttpRequest): void {
  for (const [name, value] of Object.entries(HEADERS))
    if (headers[name] !== value)
      throw new AwsFailure('BadRequest', `expected the header ${name}: ${value}, got ${headers[name]}`);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const isOfService = headers.authorization?.includes('/aps/aws4_request,') ?? false;
  if (headers['x-amz-content-sha256'] !== hash || !isOfService)
    throw new AwsFailure(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
      403,
    );
}
