import type { WebhookFormat } from '../../catalog/environment';
import type { Collector } from '../../collector';
import { attempt } from '../../failure';
import { FORMATS } from './formats';
import type { DigestSource } from './port';
import { readReport } from './report';

export interface DigestSettings {
  readonly format: WebhookFormat;
  readonly costDays: number;
  readonly settleDays: number;
  /** Further accounts of the suite: one report is of all that Prometheus holds, so none has a run of its own. */
  readonly memberIds: readonly string[];
}

/**
 * Posts what Prometheus holds, as of the scheduled time. A section that cannot be read says so in the report; where none
 * can, nothing is posted.
 */
export function digest(
  source: DigestSource,
  { format, costDays, settleDays, memberIds }: DigestSettings,
): Collector {
  const toPush = { groups: [], covers: memberIds };
  return async ({ scheduledTime }) => {
    const { report, failures } = await readReport(source, { at: scheduledTime, costDays, settleDays });
    if (report.sections.every(({ state }) => state === 'unreadable')) return { ...toPush, failures };
    const posted = await attempt('digest', () => source.post(FORMATS[format](report)), 'post');
    return { ...toPush, failures: [...failures, ...posted.failures] };
  };
}
