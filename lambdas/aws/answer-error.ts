/** Thrown when AWS, or a proxy in between, answered without the requested data. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
}

/**
 * Returns a list of an answer, such as `{ Users }`. AWS sends an empty list if there is nothing to list.
 * @throws AnswerError for an answer without the list.
 */
export function listIn<T>(
  answer: string,
  member: Readonly<Record<string, readonly T[] | undefined>>,
): readonly T[] {
  const [[name, list] = []] = Object.entries(member);
  if (Array.isArray(list)) return list;
  throw new AnswerError(`${answer}: expected ${name}, got an answer without it`);
}
