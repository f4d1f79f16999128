import type { Charge } from '../../bill/bill';
import { listOf, oneOf, path, type Reader, structure, text, unexpected } from '../shape';
import { DIMENSIONS, type Scope, tagValue } from './dimensions';

/** One key of the groups. */
export interface Grouping {
  readonly definition: { readonly Type: string; readonly Key: string };
  keyOf(charge: Charge): string;
}

const readDefinition = structure({ Type: oneOf(['DIMENSION', 'TAG'] as const), Key: text });

/** Reads GroupBy: at most two different keys, as Cost Explorer wants them. */
export function groupByReader(scope: Scope): Reader<Grouping[]> {
  const read = listOf(groupingReader(scope), { most: 2 });
  return (value, where) => {
    const groupings = read(value, where);
    const [first, second] = groupings.map(({ definition }) => JSON.stringify(definition));
    if (first !== undefined && first === second) throw unexpected(where, 'two different keys', value);
    return groupings;
  };
}

function groupingReader(scope: Scope): Reader<Grouping> {
  return (value, where) => {
    const definition = readDefinition(value, where);
    return { definition, keyOf: KEYS[definition.Type](definition.Key, path(where, 'Key'), scope) };
  };
}

/** Cost Explorer says a tag as `Key$Value`, and `Key$` of what has none. */
const KEYS = {
  DIMENSION: (key: string, where: string, { dimensions }: Scope) => DIMENSIONS[oneOf(dimensions)(key, where)],
  TAG: (key: string) => (charge: Charge) => `${key}$${tagValue(charge, key)}`,
} as const;
