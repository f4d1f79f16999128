import { deliveryOf } from '../../catalog/delivery';
import type { CollectorSettings } from '../../catalog/function-settings';
import type { WebhookFormat } from '../../catalog/runtime-settings';
import type { Settings } from '../../catalog/settings';
import type { Collector } from '../../collector';
import { attempt, type Failure } from '../../failure';
import { accounts } from './accounts';
import { freshness } from './freshness';
import { type Ask, askAt, type DigestSource } from './port';
import {
  type About,
  plainMessage,
  type Report,
  type ReportedSection,
  type Section,
  type SectionName,
} from './report';
import { slackMessage } from './slack-message';
import { teamsMessage } from './teams-message';
import { projects, services, unowned } from './window-costs';

/**
 * Posts a report of the numbers in Prometheus as of the scheduled time. The report names the sections that could not be
 * read. If no section could be read, nothing is posted.
 */
export function digest(
  source: DigestSource,
  { digest: { format }, sinks, ...settings }: DigestSettings,
): Collector {
  return async ({ scheduledTime }) => {
    const ask = askAt(source, scheduledTime, deliveryOf(sinks));
    const { report, failures } = await readReport(ask, { ...settings, at: scheduledTime });
    if (report.sections.every(({ state }) => state === 'unreadable')) return { groups: [], failures };
    const posted = await attempt('digest', () => source.post(FORMATS[format](report)), 'post');
    return { groups: [], failures: [...failures, ...posted.failures] };
  };
}

/** The sinks determine the form of the queries. */
type DigestSettings = CollectorSettings<'digest'> & Pick<Settings, 'sinks'>;

/** The message of each format. */
const FORMATS: Readonly<Record<WebhookFormat, (report: Report) => object>> = {
  slack: slackMessage,
  teams: teamsMessage,
  webhook: plainMessage,
};

/** The sections in their order. */
const SECTIONS: Readonly<Record<SectionName, Section>> = {
  accounts,
  projects,
  services,
  unowned,
  freshness,
};

/** Returns every section that can be read, and the failures of the others. */
async function readReport(ask: Ask, about: About): Promise<{ report: Report; failures: readonly Failure[] }> {
  const names = Object.keys(SECTIONS) as SectionName[];
  const read = await Promise.all(names.map((name) => readSection(name, ask, about)));
  const day = about.at.toISOString().slice(0, 10);
  return {
    report: { title: `AWS cost report, ${day}`, day, sections: read.map(({ section }) => section) },
    failures: read.flatMap(({ failures }) => failures),
  };
}

async function readSection(name: SectionName, ask: Ask, about: About) {
  const { title, read } = SECTIONS[name];
  const { value, failures } = await attempt('digest', () => read(ask, about), name);
  const content = value ? ({ state: 'read', ...value } as const) : failures.length > 0 ? UNREADABLE : NO_DATA;
  return { section: { name, title, ...content } satisfies ReportedSection, failures };
}

const NO_DATA = { state: 'no_data', lines: ['no data'] } as const;
const UNREADABLE = { state: 'unreadable', lines: ['could not be read'] } as const;
