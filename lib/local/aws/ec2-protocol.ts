import { randomUUID } from 'node:crypto';
import { INTERNAL_FAILURE } from './failure';
import { formValue, inputOfForm } from './form';
import { isForm, type Protocol } from './protocol';
import { element } from './xml';

const API_VERSION = '2016-11-15';

/** EC2's code and status for errors that the JSON services name or answer differently. */
const SPELLINGS: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'UnauthorizedOperation', status: 403 },
  MissingAuthenticationTokenException: { code: 'MissingAuthenticationToken', status: 403 },
  ExpiredTokenException: { code: 'RequestExpired', status: 400 },
  UnrecognizedClientException: { code: 'AuthFailure', status: 401 },
  ValidationException: { code: 'InvalidParameterValue', status: 400 },
  RequestLimitExceeded: { code: 'RequestLimitExceeded', status: 503 },
  ServiceUnavailable: { code: 'Unavailable', status: 503 },
  [INTERNAL_FAILURE]: { code: 'InternalError', status: 500 },
};

/**
 * EC2's variant of the Query protocol: form arrays are numbered without `member`, XML arrays hold `<item>` elements,
 * and no Result element wraps the answer.
 */
export const ec2Protocol: Protocol = {
  speaks: (request) => isForm(request) && formValue(request.body, 'Version') === API_VERSION,

  actionOf: ({ body }) => `ec2:${formValue(body, 'Action')}`,

  inputOf: ({ body }) => inputOfForm(body),

  success(action, result) {
    const operation = action.slice(action.indexOf(':') + 1);
    return answer(200, `${operation}Response`, { requestId: randomUUID(), ...result });
  },

  failure({ code: failure, message, status: wanted = 400 }) {
    const { code, status } = SPELLINGS[failure] ?? { code: failure, status: wanted };
    const errors = { Errors: { Error: { Code: code, Message: message } }, RequestID: randomUUID() };
    return { ...answer(status, 'Response', errors), errorCode: code };
  },
};

function answer(status: number, root: string, members: object) {
  return { status, contentType: 'text/xml', body: element(root, members, 'item') };
}
