/** How one job is cut into Pushgateway groups: one per value of these labels, and per Region where a job says so. */
export interface JobDefinition {
  readonly help: string;
  /** The Region is part of the job's name, as in XC3: `<job>_<region>`. */
  readonly perRegion: boolean;
  readonly groupedBy: readonly ('account_id' | 'collector')[];
}

/** The jobs of the Pushgateway, under XC3's names where XC3 has the workflow. */
export const JOBS = {
  IAM_User_Details: {
    help: 'Who exists: the IAM users of an account.',
    perRegion: false,
    groupedBy: ['account_id'],
  },
  IAM_User_Total_Services_Cost_List: {
    help: 'What each user cost in one Region.',
    perRegion: true,
    groupedBy: ['account_id'],
  },
  IAM_User_Resource_List_Cost: {
    help: 'What each resource cost in one Region, and who owns it.',
    perRegion: true,
    groupedBy: ['account_id'],
  },
  tollgate: {
    help: 'The last run of a collector, whole or not.',
    perRegion: false,
    groupedBy: ['account_id', 'collector'],
  },
  tollgate_success: {
    help: 'The last whole run of a collector: a failing run leaves it alone, so its age tells how stale the numbers are.',
    perRegion: false,
    groupedBy: ['account_id', 'collector'],
  },
} as const satisfies Record<string, JobDefinition>;

export type JobName = keyof typeof JOBS;
