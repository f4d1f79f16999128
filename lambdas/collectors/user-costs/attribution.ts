import type { AttributionMethod, AttributionRule } from '../../catalog/attribution';
import { OTHER, UNATTRIBUTED } from '../../catalog/metrics';
import type { Usd } from '../../domain/amounts';
import type { LivingUser, TagCost } from './port';

/** What one rule was answered: cost by the value of its tag, of what no rule before it matched. */
export interface RuleAnswer {
  readonly rule: AttributionRule;
  readonly rows: readonly TagCost[];
}

/** A dollar amount and its one owner. */
export interface AttributedCost {
  readonly owner: string;
  readonly region: string;
  readonly usd: Usd;
  readonly method: AttributionMethod;
  /** The owner is one of any number of sessions of a role. */
  readonly session: boolean;
}

/**
 * Each row to exactly one owner. What a rule does not match is in the answer of the next, so it is counted there; what the
 * last does not match is nobody's.
 */
export function attribute(answers: readonly RuleAnswer[], users: readonly LivingUser[]): AttributedCost[] {
  const nameById = new Map(users.map(({ id, name }) => [id, name]));
  const last = answers.at(-1);
  return answers.flatMap((answer) => {
    const rows = answer === last ? answer.rows : answer.rows.filter(({ value }) => value !== '');
    return rows.map((row) => attributed(answer.rule, row, nameById));
  });
}

/** A value that is one of our own words names nobody. */
const NOBODY: ReadonlySet<string> = new Set(['', UNATTRIBUTED, OTHER]);

function attributed(
  rule: AttributionRule,
  { value, region, usd }: TagCost,
  nameById: ReadonlyMap<string, string>,
): AttributedCost {
  const { owner, session = false } = OWNERS[rule](value, nameById);
  if (NOBODY.has(owner)) return { owner: UNATTRIBUTED, region, usd, method: 'none', session: false };
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
 * `type:id:name`, where AWS may leave parts out and puts spaces around the colons (AWS Billing guide). A user is known by
 * its id: a living one is shown by its current name, a dead one by its id, never by a name that somebody else may have now.
 */
function creator(value: string, nameById: ReadonlyMap<string, string>): Owner {
  const parts = value.split(':').map((part) => part.trim());
  const [type, id = '', ...name] = parts;
  if (type === 'IAMUser' && id !== '') return { owner: nameById.get(id) ?? id };
  if (type === 'AssumedRole' && id !== '') return { owner: [id, ...name].join(':'), session: true };
  return { owner: parts.some((part) => part !== '') ? parts.join(':') : '' };
}
