import { inWords } from './in-words';

interface Search {
  readonly searchPath: string;
  readonly cacheFolder: string;
  /** The reason in one line why fetching failed. */
  readonly reason: string;
}

/** Thrown when a program is neither on this machine nor available as a package. The message is written for users. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';

  constructor(
    readonly programs: readonly string[],
    { searchPath, cacheFolder, reason }: Search,
  ) {
    super(
      [
        `missing: ${inWords(programs)}`,
        `looked for on PATH (${searchPath || 'empty'}) and in ${cacheFolder}`,
        `fetching as Debian packages failed: ${reason}`,
        `to get them: on Debian or Ubuntu, ${INSTALL}`,
        `elsewhere, put prometheus, promtool and pushgateway from ${DOWNLOADS} on PATH`,
      ].join('\n'),
    );
  }

  /** One line: the missing programs, and the shortest ways to get them. */
  get summary(): string {
    return `missing: ${inWords(this.programs)} (${INSTALL}, or ${DOWNLOADS})`;
  }
}

const INSTALL = 'apt-get install prometheus prometheus-pushgateway';
const DOWNLOADS = 'https://prometheus.io/download/';
