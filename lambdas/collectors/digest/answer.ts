/** Returns the first line of a response, without the secrets that it may repeat. */
export async function firstLine(response: Response, secrets: readonly string[]): Promise<string> {
  const { text, complete } = await startOf(response);
  const cleaned = withoutSecrets(text, secrets);
  // A secret that was cut in two at the end was not found, so the end is dropped.
  const sure = complete ? cleaned : cleaned.slice(0, -Math.max(1, ...secrets.map(({ length }) => length)));
  return sure.trim().split('\n')[0]?.slice(0, 200) || '(empty answer)';
}

const READ_CHARACTERS = 16_384;

/** Reads a limited part, because an error page can be endless. */
async function startOf(response: Response): Promise<{ text: string; complete: boolean }> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < READ_CHARACTERS) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: false }));
    if (done) return { text, complete: true };
    if (!value) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => {});
  return { text: text.slice(0, READ_CHARACTERS), complete: !reader };
}

/** Replaces the longest secrets first, so that a part does not hide its complete secret. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((words, secret) => words.replaceAll(new RegExp(literally(secret), 'giu'), '…'), text);
}

function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
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
