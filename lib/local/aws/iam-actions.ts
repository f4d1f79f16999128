/** IAM actions by operation, both as `service:Name`. */
export type IamActions = ReadonlyMap<string, string>;

/** Operations of this project whose IAM action has another name, as `budgets:DescribeBudgets` has `budgets:ViewBudget`. */
const RENAMED_ACTIONS: IamActions = new Map();

/** Returns the IAM action that allows an operation: the operation's own name, unless IAM has another. */
export function iamActionOf(operation: string, renamed: IamActions = RENAMED_ACTIONS): string {
  return renamed.get(operation) ?? operation;
}
