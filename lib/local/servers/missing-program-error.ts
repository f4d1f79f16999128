import { inWords } from './in-words';
import type { ProgramName } from './programs';

export interface Search {
  readonly searchPath: string;
  readonly cacheFolder: string;
  /** Why fetching failed, in one line. */
  readonly reason: string;
}

/** A program is neither on this machine nor to be had. The message is written for people: show it as it is. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';

  constructor(
    readonly programs: readonly ProgramName[],
    { searchPath, cacheFolder, reason }: Search,
  ) {
    super(
      [
        `missing: ${inWords(programs)}`,
        `looked for on PATH (${searchPath || 'empty'}) and in ${cacheFolder}`,
        `fetching as Debian packages failed: ${reason}`,
        'to get them: on Debian or Ubuntu, apt-get install prometheus prometheus-pushgateway',
        'elsewhere, put prometheus, promtool and pushgateway from https://prometheus.io/download/ on PATH',
      ].join('\n'),
    );
  }
}
