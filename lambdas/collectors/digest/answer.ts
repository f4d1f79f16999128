/** The first line of an answer, for a person, without the secrets that it may repeat. */
export async function firstLine(response: Response, secrets: readonly string[]): Promise<string> {
  const { text, whole } = await startOf(response);
  const told = withoutSecrets(text, secrets);
  // a secret that the end of what was read cut in two was not found
  const sure = whole ? told : told.slice(0, -Math.max(1, ...secrets.map(({ length }) => length)));
  return sure.trim().split('\n')[0]?.slice(0, 200) || '(empty answer)';
}

const READ_CHARACTERS = 16_384;

/** An error page can be endless. */
async function startOf(response: Response): Promise<{ text: string; whole: boolean }> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (reader && text.length < READ_CHARACTERS) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: false }));
    if (done) return { text, whole: true };
    if (!value) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader?.cancel().catch(() => {});
  return { text: text.slice(0, READ_CHARACTERS), whole: !reader };
}

/** The longest first: a part must not take what the whole would have. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return [...secrets]
    .sort((a, b) => b.length - a.length)
    .reduce((words, secret) => words.replaceAll(new RegExp(literally(secret), 'giu'), '…'), text);
}

function literally(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A request that nobody answered; not in time is told apart from other failures, as everywhere. */
export class NoAnswerError extends Error {
  override readonly name: string;
  constructor(whose: string, error: unknown) {
    const isLate = Object(error).name === 'TimeoutError';
    super(`no answer from ${whose}: ${isLate ? 'not in time' : causeOf(error)}`);
    this.name = isLate ? 'TimeoutError' : 'NoAnswerError';
  }
}

/**
 * fetch hides why behind "fetch failed", and of two addresses tried behind an AggregateError without a message. Its own
 * message is not told: of some errors it quotes the URL.
 */
function causeOf(error: unknown): string {
  const { name, cause } = Object(error) as { name?: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || name || 'unknown';
}
