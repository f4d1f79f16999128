import type { Charge } from '../../bill/bill';
import { listOf, objectOf, oneOf, optional, path, type Reader, structure, text, unexpected } from '../shape';
import { DIMENSIONS, type Dimension, type Scope, tagValue } from './dimensions';

/** A filter expression, parsed. */
export interface Filter {
  matches(charge: Charge): boolean;
  /** The conditions on dimensions, except those under Not. */
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly dimension: Dimension;
  readonly values: readonly string[];
}

/** Reads an expression. Cost Explorer takes an object with exactly one operator. */
export function filterReader(scope: Scope): Reader<Filter> {
  const read: Reader<Filter> = (value, where) => {
    const expression = objectOf(value, where);
    const [operator = '', ...others] = Object.keys(expression);
    if (!isOperator(operator) || others.length > 0)
      throw unexpected(where, `exactly one of ${Object.keys(OPERATORS).join(', ')}`, value);
    return OPERATORS[operator](scope, read)(expression[operator], path(where, operator));
  };
  return read;
}

const OPERATORS = {
  And: (_scope, filter) => combined(filter, 'every'),
  Or: (_scope, filter) => combined(filter, 'some'),
  Not: (_scope, filter) => (value, where) => {
    const operand = filter(value, where);
    return { matches: (charge) => !operand.matches(charge), conditions: [] };
  },
  Dimensions: readDimensions,
  Tags: () => readTags,
} as const satisfies Record<string, (scope: Scope, filter: Reader<Filter>) => Reader<Filter>>;

/** Reads And and Or, which need two operands. AWS's message: "And expression must have at least 2 operands". */
function combined(filter: Reader<Filter>, quantifier: 'every' | 'some'): Reader<Filter> {
  const read = listOf(filter, { least: 2 });
  return (value, where) => {
    const operands = read(value, where);
    return {
      matches: (charge) => operands[quantifier]((operand) => operand.matches(charge)),
      conditions: operands.flatMap(({ conditions }) => conditions),
    };
  };
}

function isOperator(name: string): name is keyof typeof OPERATORS {
  return Object.hasOwn(OPERATORS, name);
}

function readDimensions({ dimensions }: Scope): Reader<Filter> {
  const read = structure({
    Key: oneOf(dimensions),
    Values: listOf(text, { least: 1 }),
    MatchOptions: optional(listOf(oneOf(['EQUALS']))),
  });
  return (value, where) => {
    const { Key, Values } = read(value, where);
    const wanted = new Set(Values);
    const valueIn = DIMENSIONS[Key];
    return {
      matches: (charge) => wanted.has(valueIn(charge)),
      conditions: [{ dimension: Key, values: Values }],
    };
  };
}

const tagCondition = structure({
  Key: text,
  Values: optional(listOf(text, { least: 1 })),
  MatchOptions: optional(listOf(oneOf(['EQUALS', 'ABSENT']), { least: 1, most: 1 })),
});

const readTags: Reader<Filter> = (value, where) => {
  const { Key, Values, MatchOptions: [match] = ['EQUALS'] } = tagCondition(value, where);
  const wanted = match === 'ABSENT' ? [''] : Values;
  if (wanted === undefined || (match === 'ABSENT' && Values !== undefined))
    throw unexpected(where, 'either Values or MatchOptions ["ABSENT"]', value);
  const values = new Set(wanted);
  return { matches: (charge) => values.has(tagValue(charge, Key)), conditions: [] };
};
