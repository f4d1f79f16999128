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
        ...originsOf(programs).flatMap(({ install, names, downloads }) => [
          `to get them: on Debian or Ubuntu, ${install}`,
          `elsewhere, put ${names} from ${downloads} on PATH`,
        ]),
      ].join('\n'),
    );
  }

  /** One line: the missing programs, and the shortest ways to get them. */
  get summary(): string {
    const ways = originsOf(this.programs).map(({ install, downloads }) => `${install}, or ${downloads}`);
    return `missing: ${inWords(this.programs)} (${ways.join('; ')})`;
  }
}

/** A place to get programs from. */
interface Source {
  readonly programs: readonly string[];
  /** The programs under their upstream names. */
  readonly names: string;
  readonly install: string;
  readonly downloads: string;
}

const ORIGINS: readonly Source[] = [
  {
    programs: ['prometheus', 'promtool', 'prometheus-pushgateway'],
    names: 'prometheus, promtool and pushgateway',
    install: 'apt-get install prometheus prometheus-pushgateway',
    downloads: 'https://prometheus.io/download/',
  },
  {
    programs: ['nginx'],
    names: 'nginx',
    install: 'apt-get install nginx',
    downloads: 'https://nginx.org/en/download.html',
  },
];

function originsOf(missing: readonly string[]): readonly Source[] {
  return ORIGINS.filter(({ programs }) => programs.some((name) => missing.includes(name)));
}
