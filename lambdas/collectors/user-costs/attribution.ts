import type { AttributionMethod, AttributionRule } from '../../catalog/attribution';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import type { Usd } from '../../domain/amounts';
import type { LivingUser, TagCost } from './port';

/** The answer to one rule: the cost that no earlier rule matched, by the value of the rule's tag. */
export interface RuleAnswer {
  readonly rule: AttributionRule;
  readonly rows: readonly TagCost[];
}

/** A cost and its one owner. */
export interface AttributedCost {
  readonly owner: string;
  readonly region: string;
  readonly usd: Usd;
  readonly method: AttributionMethod;
  /** True if the owner is a session of a role. */
  readonly session: boolean;
}

/**
 * Assigns each row to exactly one owner. A row without a value is in the answer of the next rule, so it counts there; for
 * the last rule it is unattributed.
 */
export function attribute(answers: readonly RuleAnswer[], users: readonly LivingUser[]): AttributedCost[] {
  const nameById = new Map(users.map(({ id, name }) => [id, name]));
  const last = answers.at(-1);
  return answers.flatMap((answer) => {
    const rows = answer === last ? answer.rows : answer.rows.filter(({ value }) => value !== '');
    return rows.map((row) => attributed(answer.rule, row, nameById));
  });
}

/** The values that name no owner: no value, and the reserved values. */
const NO_OWNER: ReadonlySet<string> = new Set(['', UNATTRIBUTED, OTHER]);

function attributed(
  rule: AttributionRule,
  { value, region, usd }: TagCost,
  nameById: ReadonlyMap<string, string>,
): AttributedCost {
  const { owner, session = false } = OWNERS[rule](value, nameById);
  if (NO_OWNER.has(owner)) return { owner: UNATTRIBUTED, region, usd, method: 'none', session: false };
  return { owner, region, usd, method: rule, session };
}

interface Owner {
  readonly owner: string;
  readonly session?: boolean;
}

const OWNERS: Readonly<
  Record<AttributionRule, (value: string, nameById: ReadonlyMap<string, string>) => Owner>
> = {
  'owner-tag': (value) => ({ owner: value }),
  'created-by': creator,
};

/**
 * Reads `type:id:name`. AWS may omit parts and puts spaces around the colons (AWS Billing guide). A user is identified by
 * its id: an existing user has its current name, a deleted user its id, because another user may have the name now.
 */
function creator(value: string, nameById: ReadonlyMap<string, string>): Owner {
  const parts = value.split(':').map((part) => part.trim());
  const [type, id = '', ...name] = parts;
  if (type === 'IAMUser' && id !== '') return { owner: nameById.get(id) ?? id };
  if (type === 'AssumedRole' && id !== '') return { owner: [id, ...name].join(':'), session: true };
  return { owner: parts.some((part) => part !== '') ? parts.join(':') : '' };
}
