import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  TooltipDisplayMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { LabelName, Vector } from '../../lambdas/promql/vector';
import { framed, type PanelFrame, type Unit, type UnplacedPanel } from './panel';
import { rangeQuery } from './queries';

/** A value over time. */
interface Trend<L extends LabelName> extends PanelFrame {
  readonly value: Vector<L>;
  /** The label that names a line. */
  readonly by: L;
  readonly unit: Unit;
}

/** Returns a graph with a line for every value of a label. */
export function trend<L extends LabelName>({ value, by, unit, ...frame }: Trend<L>): UnplacedPanel {
  return (delivery) =>
    framed(new PanelBuilder(), frame)
      .withTarget(rangeQuery(value, by, delivery))
      .interval(STEP)
      .unit(unit.id)
      .decimals(unit.decimals)
      .legend(legend())
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/** The step of the graph. Runs are hours apart, so finer steps add nothing. */
const STEP = '1h';

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Right)
    .calcs(['lastNotNull'])
    .sortBy('Last *')
    .sortDesc(true);
}
