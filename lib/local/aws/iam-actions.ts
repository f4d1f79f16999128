/** IAM actions by operation, both as `service:Name`. */
export type IamActions = ReadonlyMap<string, string>;

/** The operations of this project that IAM allows by an action of another name, as it does `budgets:DescribeBudgets` by `budgets:ViewBudget`. */
const RENAMED_ACTIONS: IamActions = new Map();

/** Returns the IAM action that allows an operation: the operation's own name, unless IAM has another. */
export function iamActionOf(operation: string, renamed: IamActions = RENAMED_ACTIONS): string {
  return renamed.get(operation) ?? operation;
}
