/** XC3's metrics with their HELP and the order of their labels. */
export const XC3_METRICS = {
  IAM_Users: { help: 'IAM Users', labels: ['user_name', 'user_arn', 'user_id', 'account_id'] },
  IAM_USER_Resource_Cost_List: {
    help: 'IAM User Resource List And Cost',
    labels: ['Query_Time', 'user', 'region', 'resource', 'cumulative_cost', 'account_id'],
  },
  IAM_USER_Total_Services_Cost_List: {
    help: 'IAM User Total Services Cost List',
    labels: ['Query_Time', 'user', 'region', 'resources_cost', 'account_id'],
  },
  IAM_Role_All: {
    help: 'XC3 All IAM Roles',
    labels: ['iam_role_all', 'iam_role_all_region', 'iam_role_all_account'],
  },
  IAM_Role_Service: {
    help: 'XC3 IAM Role Info Data',
    labels: [
      'TimeSlot',
      'iam_role_of_service',
      'iam_role_service_region',
      'iam_role_service_account',
      'iam_role_service_resource_id',
      'iam_role_service_cost',
      'iam_role_service_state',
    ],
  },
  Total_Account_Cost: { help: 'Cost by month', labels: ['month', 'cost', 'account_id'] },
  Project_Spend_Cost: {
    help: 'XC3 Project Spend Cost',
    labels: ['project_spend_project', 'project_spend_cost'],
  },
  /** A suffix: the name of the metric starts with the project. */
  _Services_Cost: {
    help: 'AWS Services Cost Detail',
    labels: ['project_spend_services', 'project_spend_cost', 'Usage_type', 'Usage_Quantity', 'Unit'],
  },
  Expensive_Services_Detail: {
    help: 'AWS Services Cost Detail',
    labels: ['service', 'cost', 'region', 'account_id'],
  },
  TaggingResourceList: { help: 'Resource List', labels: ['resource', 'region', 'account_id'] },
} as const;
