import { ofEachInstallation, series } from '../../../lambdas/promql/selector';
import { aggregate } from '../../../lambdas/promql/vector';
import { COUNT, type Section, USD } from '../panel';
import { RUN } from '../selection';
import { table } from '../table';
import { trend } from '../trend';

/** Exported because the panel is empty until the installation has seen its first midnight, UTC. */
export const PRICES_TITLE = 'Price of a run over time';

/** Requests of the runs to AWS, and their price. */
export function healthRequestsSection(): Section {
  return { title: 'Requests to AWS', panels: [requests(), dollars()] };
}

function requests() {
  const sent = ofEachInstallation(series('tollgate_run_aws_requests', RUN));
  return table({
    title: 'Requests of the last runs',
    description:
      'Retries included. Throttled requests were repeated. Other failed requests are in “Failures of the last runs”, unless the run did not need their answer, such as the organization of an account that is in none.',
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
    title: PRICES_TITLE,
    description:
      'Cost Explorer’s charge for the last run of each collector, summed over accounts and installations. A step up is an additional page, an additional query or a retried run. Final.',
    width: 10,
    height: 10,
    value: aggregate('sum', price, ['collector']),
    by: 'collector',
    unit: USD,
  });
}
