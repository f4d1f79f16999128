import { ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { COUNT, type Section, USD } from '../panel';
import { RUN } from '../selection';
import { table } from '../table';
import { trend } from '../trend';

/** What the runs asked of AWS, and what AWS charged for it. */
export function healthRequestsSection(): Section {
  return { title: 'Requests to AWS', panels: [requests(), dollars()] };
}

function requests() {
  const sent = ofEachInstallation(series('tollgate_run_aws_requests', RUN));
  return table({
    title: 'Requests of the last runs',
    description:
      'Retries included. What was throttled has been asked again; what failed is in “What the last runs left out”, unless the run could do without (an account outside of an organization has none to describe).',
    width: 14,
    height: 10,
    columns: [
      {
        title: 'Requests',
        unit: COUNT,
        value: aggregate('sum', sent, ['collector', 'service', 'operation', 'outcome']),
      },
    ],
    largestFirst: 'Requests',
    sums: true,
  });
}

function dollars() {
  const price = ofEachInstallation(series('tollgate_run_cost_explorer_usd', RUN));
  return trend({
    title: 'Price of a run over time',
    description:
      'What Cost Explorer charged for the last run of each collector, over the accounts and installations. A step up is a further page, a further query or a retried run. Final.',
    width: 10,
    height: 10,
    value: aggregate('sum', price, ['collector']),
    by: 'collector',
    unit: USD,
  });
}
