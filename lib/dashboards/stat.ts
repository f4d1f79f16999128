import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { Vector } from '../../lambdas/promql/vector';
import { framed, type PanelFrame, type Unit, type UnplacedPanel } from './panel';
import { instantQuery } from './queries';

interface Stat extends PanelFrame {
  readonly value: Vector<never>;
  readonly unit: Unit;
  /** @default the colour of text */
  readonly steps?: readonly Threshold[];
  /** @default the value is shown as a number */
  readonly mappings?: readonly ValueMapping[];
}

/** Returns a panel with one number, or Grafana’s “No data” if the query has no answer. */
export function stat({ value, unit, steps = NEUTRAL, mappings = [], ...frame }: Stat): UnplacedPanel {
  return (delivery) =>
    framed(new PanelBuilder(), frame)
      .withTarget(instantQuery(value, { delivery }))
      .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
      .graphMode(BigValueGraphMode.None)
      .colorMode(BigValueColorMode.Value)
      .unit(unit.id)
      .decimals(unit.decimals)
      .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...steps]))
      .mappings([...mappings]);
}

/** Replaces Grafana’s default thresholds, which colour every value above 80 red. */
const NEUTRAL: readonly Threshold[] = [{ value: null, color: 'text' }];
