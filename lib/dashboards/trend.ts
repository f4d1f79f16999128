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

/** Returns a graph with a line for every value of a label, and a point for every 00:00 UTC. */
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

/**
 * The least step of the graph. Grafana moves the shown time to multiples of the step, in the time zone of the dashboard, which
 * is UTC. So every point is at 00:00 UTC, where a backfill has its one sample for each day.
 */
const STEP = '1d';

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Right)
    .calcs(['lastNotNull'])
    .sortBy('Last *')
    .sortDesc(true);
}
