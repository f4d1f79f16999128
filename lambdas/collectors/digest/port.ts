/** One series of an answer of Prometheus. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface DigestSource {
  /** Answers an instant query, as of a moment. */
  query(expression: string, at: Date): Promise<readonly Series[]>;
  /** Sends a message to the channel, as JSON. */
  post(message: object): Promise<void>;
}
