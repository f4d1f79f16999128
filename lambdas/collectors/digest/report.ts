import { attempt, type Failure } from '../../failure';
import { accounts } from './accounts';
import { type Ask, askAt } from './ask';
import { freshness } from './freshness';
import type { DigestSource } from './port';
import { projects } from './projects';
import type { About, Content, Section } from './section';
import { services } from './services';
import { unowned } from './unowned';

/** The sections in the order they are shown. */
export const SECTIONS = { accounts, projects, services, unowned, freshness } as const satisfies Record<
  string,
  Section
>;

export type SectionName = keyof typeof SECTIONS;

/** What came of reading a section. */
export type SectionState = 'read' | 'no_data' | 'unreadable';

export interface ReportedSection extends Partial<Content> {
  readonly name: SectionName;
  readonly title: string;
  readonly state: SectionState;
  readonly lines: readonly string[];
}

export interface Report {
  readonly title: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly sections: readonly ReportedSection[];
}

/** Every section as far as it can be read, and the failures of the others. */
export async function readReport(
  source: DigestSource,
  about: About,
): Promise<{ report: Report; failures: readonly Failure[] }> {
  const ask = askAt(source, about.at);
  const names = Object.keys(SECTIONS) as SectionName[];
  const read = await Promise.all(names.map((name) => readSection(name, ask, about)));
  const day = about.at.toISOString().slice(0, 10);
  return {
    report: { title: `AWS cost report, ${day}`, day, sections: read.map(({ section }) => section) },
    failures: read.flatMap(({ failures }) => failures),
  };
}

async function readSection(name: SectionName, ask: Ask, about: About) {
  const { title, read }: Section = SECTIONS[name];
  const { value, failures } = await attempt('digest', () => read(ask, about), name);
  const content = value ? ({ state: 'read', ...value } as const) : failures.length > 0 ? UNREADABLE : NO_DATA;
  return { section: { name, title, ...content } satisfies ReportedSection, failures };
}

const NO_DATA = { state: 'no_data', lines: ['no data'] } as const;
const UNREADABLE = { state: 'unreadable', lines: ['could not be read'] } as const;
