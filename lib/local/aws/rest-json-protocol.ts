import { INTERNAL_FAILURE } from './failure';
import { inputOfJson } from './json-protocol';
import type { Protocol } from './protocol';

/** The IAM action by method and path. */
const ROUTES: Readonly<Record<string, string>> = { 'POST /listRegions': 'account:ListRegions' };

/** The HTTP status of errors whose status is not 400. */
const STATUS: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  MissingAuthenticationTokenException: 403,
  TooManyRequestsException: 429,
  UnrecognizedClientException: 403,
  [INTERNAL_FAILURE]: 500,
};

/** AWS REST JSON: the path is the operation, parameters and result are JSON, and a header holds the error's name. */
export const restJsonProtocol: Protocol = {
  speaks: (request) => Object.hasOwn(ROUTES, routeOf(request)),

  actionOf: (request) => ROUTES[routeOf(request)] ?? '',

  inputOf: ({ body }) => inputOfJson(body),

  success: (_action, result) => answer(200, result),

  failure: ({ code, message, status = STATUS[code] ?? 400 }) => ({
    ...answer(status, { message }),
    headers: { 'x-amzn-errortype': code },
    errorCode: code,
  }),
};

function routeOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

function answer(status: number, body: object) {
  return { status, contentType: 'application/json', body: JSON.stringify(body) };
}
