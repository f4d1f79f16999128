import { AwsFailure, INTERNAL_FAILURE } from './failure';
import { inputOfJson } from './json-protocol';
import type { HttpRequest, Protocol } from './protocol';

const TARGET = 'DynamoDB_20120810.';
const CONTENT_TYPE = 'application/x-amz-json-1.0';

/** Namespaces of errors that every service has. DynamoDB's own errors have its own namespace. */
const NAMESPACES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'com.amazon.coral.service',
  ExpiredTokenException: 'com.amazon.coral.service',
  MissingAuthenticationTokenException: 'com.amazon.coral.service',
  SerializationException: 'com.amazon.coral.service',
  UnrecognizedClientException: 'com.amazon.coral.service',
  ValidationException: 'com.amazon.coral.validate',
};

/** DynamoDB's names of errors that other services call differently. */
const CODES: Readonly<Record<string, string>> = { [INTERNAL_FAILURE]: 'InternalServerError' };

/** AWS JSON 1.0 in the form of DynamoDB: errors have a namespace. */
export const dynamodbProtocol: Protocol = {
  speaks: ({ headers }) => String(headers['x-amz-target']).startsWith(TARGET),

  actionOf: ({ headers }) => `dynamodb:${String(headers['x-amz-target']).slice(TARGET.length)}`,

  inputOf(request) {
    checkContentType(request);
    return inputOfJson(request.body);
  },

  success: (_action, result) => answer(200, result),

  failure({ code: general, message, status = general === INTERNAL_FAILURE ? 500 : 400 }) {
    const code = CODES[general] ?? general;
    const namespace = NAMESPACES[code] ?? 'com.amazonaws.dynamodb.v20120810';
    return { ...answer(status, { __type: `${namespace}#${code}`, message }), errorCode: code };
  },
};

function answer(status: number, body: object) {
  return { status, contentType: CONTENT_TYPE, body: JSON.stringify(body) };
}

function checkContentType({ headers }: HttpRequest): void {
  const type = headers['content-type'];
  if (type !== CONTENT_TYPE)
    throw new AwsFailure(
      'SerializationException',
      `expected the content type ${CONTENT_TYPE}, got ${type ?? 'none'}`,
    );
}
