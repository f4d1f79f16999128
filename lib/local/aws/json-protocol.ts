import { AwsFailure, INTERNAL_FAILURE } from './failure';
import type { Input } from './operation';
import type { Protocol } from './protocol';
import { objectOf } from './shape';

/** IAM's prefix of a service by the first part of X-Amz-Target. */
const SERVICES: Readonly<Record<string, string>> = {
  AWSInsightsIndexService: 'ce',
  AWSOrganizationsV20161128: 'organizations',
  ResourceGroupsTaggingAPI_20170126: 'tag',
  secretsmanager: 'secretsmanager',
};

/** AWS JSON 1.1: X-Amz-Target holds the operation; parameters and result are JSON. */
export const jsonProtocol: Protocol = {
  speaks: ({ headers }) => headers['x-amz-target'] !== undefined,

  actionOf({ headers, method, path }) {
    const target = headers['x-amz-target'];
    if (typeof target !== 'string') return `${method} ${path}`;
    const [service = '', operation = ''] = target.split('.');
    return `${SERVICES[service] ?? service}:${operation}`;
  },

  inputOf: ({ body }) => inputOfJson(body),

  success: (_action, result) => answer(200, result),

  failure: ({ code, message, status = code === INTERNAL_FAILURE ? 500 : 400 }) => ({
    ...answer(status, { __type: code, message }),
    errorCode: code,
  }),
};

function answer(status: number, body: object) {
  return { status, contentType: 'application/x-amz-json-1.1', body: JSON.stringify(body, withEpochSeconds) };
}

/** Writes times in seconds, as JSON 1.1 does. The value is already a string, so the original Date is read. */
function withEpochSeconds(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const member = this[name];
  return member instanceof Date ? member.getTime() / 1000 : value;
}

/** Throws an AwsFailure when the body is not a JSON object. */
export function inputOfJson(body: string): Input {
  return objectOf(parsed(body), '');
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AwsFailure(
      'SerializationException',
      `expected a JSON object, got: ${(error as Error).message}`,
    );
  }
}
