import { jobsOf } from './group';
import type { Profile } from './profile';
import { accountMonths } from './xc3/account-months';
import { type Counterpart, each, merged } from './xc3/counterpart';
import { expensiveServices } from './xc3/expensive-services';
import { projectRows, projectServices } from './xc3/projects';
import { roleRows, roleServiceRows } from './xc3/roles';
import { untaggedRows } from './xc3/untagged';
import { userResourceRows, userRows, userTotalRows } from './xc3/users';

/**
 * Returns the profile that publishes the metrics under XC3's names and labels, so that XC3's dashboards keep working
 * during a migration. XC3 has amounts and times in labels, so a series ends when its amount changes.
 */
export function xc3Profile({
  accountNames,
}: {
  readonly accountNames: Readonly<Record<string, string>>;
}): Profile {
  /** Labels and jobs share one format, because XC3's Home dashboard finds a job by a label. */
  const detailOf = (id: string) => (accountNames[id] ? `${id}-${accountNames[id]}` : id);
  return {
    groups: (found, run) =>
      COUNTERPARTS.flatMap(({ groups }) => groups(found, { ...run, detailOf })).filter(
        ({ samples }) => samples.length > 0,
      ),
    possible(collector, account) {
      const jobs = jobsOf(collector);
      return COUNTERPARTS.filter(({ job }) => jobs.includes(job)).flatMap(({ names }) =>
        names({ ...account, detailOf }),
      );
    },
  };
}

/** The XC3 counterparts of the catalog's jobs; a job without a row has none. */
const COUNTERPARTS: readonly Counterpart[] = [
  each('IAM_User_Details', userRows),
  each('IAM_User_Total_Services_Cost_List', userTotalRows),
  each('IAM_User_Resource_List_Cost', userResourceRows),
  each('IAM-roles-all', roleRows),
  merged('IAM-roles-service-data', roleServiceRows),
  accountMonths,
  expensiveServices,
  each('Project-Spend-Cost', projectRows),
  projectServices,
  merged('TaggingResourceList', untaggedRows),
];
