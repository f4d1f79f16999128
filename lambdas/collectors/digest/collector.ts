import type { CollectorSettings } from '../../catalog/function-settings';
import type { Collector } from '../../collector';
import { attempt } from '../../failure';
import { FORMATS } from './formats';
import type { DigestSource } from './port';
import { readReport } from './report';

/**
 * Posts what Prometheus holds, as of the scheduled time. A section that cannot be read says so in the report; where none
 * can, nothing is posted.
 */
export function digest(
  source: DigestSource,
  { digest: { format }, costDays, settleDays }: CollectorSettings<'digest'>,
): Collector {
  return async ({ scheduledTime }) => {
    const { report, failures } = await readReport(source, { at: scheduledTime, costDays, settleDays });
    if (report.sections.every(({ state }) => state === 'unreadable')) return { groups: [], failures };
    const posted = await attempt('digest', () => source.post(FORMATS[format](report)), 'post');
    return { groups: [], failures: [...failures, ...posted.failures] };
  };
}
