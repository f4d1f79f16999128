import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServeSettings } from '../../lambdas/catalog/serve-settings';
import { UserError } from '../user-error';

/** The credentials that requests must have. */
export interface Authentication {
  /** The value of the header `WWW-Authenticate`. */
  readonly challenge: string;
  /** Reports whether the value of the header `Authorization` is right. It takes the same time for every wrong value. */
  accepts(authorization: string | undefined): boolean;
}

type Auth = NonNullable<ServeSettings['auth']>;

/**
 * Reads the credentials from the file of the settings.
 * @throws UserError that names the file, and never shows its content.
 */
export async function readAuthentication({ basicFile, bearerFile }: Auth): Promise<Authentication> {
  if (basicFile !== undefined) return basic(await secretIn(basicFile, BASIC, '`user:password`'));
  return bearer(await secretIn(bearerFile ?? '', BEARER, 'a token without spaces'));
}

const BASIC = /^[^:\s]+:.+$/;
/** A token of RFC 6750. */
const BEARER = /^[\w.~+/-]+=*$/;

async function secretIn(file: string, form: RegExp, expected: string): Promise<string> {
  const content = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(`serve.auth: expected ${expected} in the file ${file}, got ${code}`);
  });
  const secret = content.trimEnd();
  if (form.test(secret)) return secret;
  throw new UserError(
    `serve.auth: expected ${expected} in the file ${file}, got ${content.length} characters of another form`,
  );
}

function basic(credentials: string): Authentication {
  const right = Buffer.from(credentials).toString('base64');
  return { challenge: 'Basic realm="tollgate", charset="UTF-8"', accepts: equals('basic', right) };
}

function bearer(token: string): Authentication {
  return { challenge: 'Bearer realm="tollgate"', accepts: equals('bearer', token) };
}

/** Compares digests, because their length reveals nothing. */
function equals(scheme: string, right: string) {
  const expected = digest(right);
  return (authorization = '') => {
    const [, given = '', credentials = ''] = /^(\w+) +(.*)$/.exec(authorization) ?? [];
    const isRight = timingSafeEqual(digest(credentials.trimEnd()), expected);
    return isRight && given.toLowerCase() === scheme;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
