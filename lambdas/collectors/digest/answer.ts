/** Takes the place of an answer to a request with a secret: a server or a proxy may echo the secret, in any encoding. */
export function withheld(secret: string): string {
  return `(answer withheld: it could echo the ${secret})`;
}

/** Returns the first line of a response to a request without secrets. */
export async function firstLine(response: Response): Promise<string> {
  const text = await startOf(response);
  return text.trim().split('\n')[0]?.slice(0, 200) || '(empty answer)';
}

const READ_CHARACTERS = 16_384;

/** Reads a limited part, because an error page can be endless. */
async function startOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < READ_CHARACTERS) {
    const { value } = await reader.read().catch(() => ({ value: undefined }));
    if (!value) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => {});
  return text;
}

/** Thrown when a request gets no response. Its name is TimeoutError if the response did not arrive in time. */
export class NoAnswerError extends Error {
  override readonly name: string;
  constructor(whose: string, error: unknown) {
    const isLate = Object(error).name === 'TimeoutError';
    super(`no answer from ${whose}: ${isLate ? 'not in time' : causeOf(error)}`);
    this.name = isLate ? 'TimeoutError' : 'NoAnswerError';
  }
}

/**
 * Returns the cause of an error of fetch. The message of fetch itself is not used, because it may quote the URL. After two
 * addresses were tried, the cause is an AggregateError without a message.
 */
function causeOf(error: unknown): string {
  const { name, cause } = Object(error) as { name?: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || name || 'unknown';
}
