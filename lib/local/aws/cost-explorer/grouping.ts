import type { Charge } from '../../bill/bill';
import { listOf, oneOf, path, type Reader, structure, text, unexpected } from '../shape';
import { DIMENSIONS, type Scope, tagValue } from './dimensions';

/** One key that charges are grouped by. */
export interface Grouping {
  readonly definition: { readonly Type: string; readonly Key: string };
  keyOf(charge: Charge): string;
}

const readDefinition = structure({ Type: oneOf(['DIMENSION', 'TAG'] as const), Key: text });

/** Reads GroupBy. Cost Explorer takes at most two different keys. */
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

/** Cost Explorer returns a tag as `Key$Value`, and as `Key$` if the charge has no such tag. */
const KEYS = {
  DIMENSION: (key: string, where: string, { dimensions }: Scope) => DIMENSIONS[oneOf(dimensions)(key, where)],
  TAG: (key: string) => (charge: Charge) => `${key}$${tagValue(charge, key)}`,
} as const;
