/**
 * Returns the reason why a request got no answer, with the setting to check if the reason shows it. The message of an error of
 * Node.js or OpenSSL never holds a key.
 */
export function connectionProblem(reason: unknown, proxyUrl?: string): string {
  const { code = '' } = Object(reason) as { code?: string };
  const cause = causeOf(reason);
  const [, advice] = ADVICE.find(([words]) => words.test(`${code} ${cause}`)) ?? [];
  const check = advice ?? (proxyUrl === undefined ? undefined : 'check proxyUrl');
  return check ? `${cause} (${check})` : cause;
}

/** Advice for errors, by words in their codes and messages. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [
    /^(UNABLE_TO_(GET_ISSUER_CERT|VERIFY_LEAF)|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|CERT_(UNTRUSTED|SIGNATURE_FAILURE|CHAIN_TOO_LONG)|INVALID_CA)/,
    'the authority of the server’s certificate is not trusted: check "ca" in the secret of tlsSecretArn',
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    'the server’s certificate, or that of its authority, needs to be renewed',
  ],
  [/^ERR_TLS_CERT_ALTNAME_INVALID/, 'the server’s certificate is for another host: check url'],
  [
    /alert ((bad|unsupported) certificate|certificate |unknown ca|handshake failure|access denied|decrypt error)/,
    'the server refuses the client certificate or misses it: check "cert" and "key" in the secret of tlsSecretArn',
  ],
  [/wrong version number|packet length too long/, 'the server speaks no TLS there: check url'],
];

/** Returns the code if there is no message, as in the AggregateError that Node.js throws after it tried two addresses. */
function causeOf(error: unknown): string {
  const { message, code } = Object(error) as { message?: string; code?: string };
  return message?.trim() || code || String(error);
}
