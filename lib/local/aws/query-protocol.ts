import { randomUUID } from 'node:crypto';
import { INTERNAL_FAILURE } from './failure';
import { formValue, inputOfForm } from './form';
import { isForm, type Protocol } from './protocol';
import { element } from './xml';

/** IAM's prefix of a service by API version. */
const SERVICES: Readonly<Record<string, string>> = { '2010-05-08': 'iam', '2011-06-15': 'sts' };

/** The code and status of IAM and STS for errors that the JSON services name or answer differently. */
const SPELLINGS: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  MissingAuthenticationTokenException: { code: 'MissingAuthenticationToken', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  ValidationException: { code: 'ValidationError', status: 400 },
  [INTERNAL_FAILURE]: { code: 'ServiceFailure', status: 500 },
};

/** AWS Query: a form holds operation and parameters; the result is XML. */
export const queryProtocol: Protocol = {
  speaks: isForm,

  actionOf({ body }) {
    const version = formValue(body, 'Version');
    return `${SERVICES[version] ?? `version ${version}`}:${formValue(body, 'Action')}`;
  },

  inputOf: ({ body }) => inputOfForm(body),

  success(action, result) {
    const operation = action.slice(action.indexOf(':') + 1);
    return answer(200, `${operation}Response`, {
      [`${operation}Result`]: result,
      ResponseMetadata: { RequestId: randomUUID() },
    });
  },

  failure({ code: failure, message, status: wanted = 400 }) {
    const { code, status } = SPELLINGS[failure] ?? { code: failure, status: wanted };
    const error = { Type: status >= 500 ? 'Receiver' : 'Sender', Code: code, Message: message };
    return { ...answer(status, 'ErrorResponse', { Error: error, RequestId: randomUUID() }), errorCode: code };
  },
};

function answer(status: number, root: string, members: object) {
  return { status, contentType: 'text/xml', body: element(root, members) };
}
