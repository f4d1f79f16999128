/** Thrown when an answer is larger than the function can hold. */
export class LargeAnswerError extends Error {
  override readonly name = 'LargeAnswerError';
  constructor(readonly megabytes: number) {
    super(`expected an answer of at most ${megabytes} MB, got a larger one`);
  }
}

/** Rows of an answer take up to fifteen times the memory of their JSON (measured), besides the 90 MB of the function itself. */
const SHARE = 32;

/** The memory of the smallest function that reads from AWS. */
const SMALLEST_FUNCTION_MB = 512;

/**
 * Returns the bytes of a body. It replaces the SDK's collector, which has no limit.
 * @throws LargeAnswerError for a body beyond the limit; the rest is not read.
 */
export async function collectBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const megabytes = largestAnswerMb();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > megabytes * 1024 * 1024) throw new LargeAnswerError(megabytes); // Leaving the loop closes the connection.
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes);
}

/** Returns the largest body of an answer that the function can hold. Lambda puts the function's memory into the environment. */
function largestAnswerMb(): number {
  return Number(process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE ?? SMALLEST_FUNCTION_MB) / SHARE;
}
