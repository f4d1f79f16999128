import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import {
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import type { LabelName } from '../../lambdas/promql/vector';
import { corner, type Matrix, organized, pivot, TOTAL } from './matrix';
import { framed, type PanelFrame, type UnplacedPanel } from './panel';
import { tableQuery } from './queries';

/** A matrix that is shown as stacked bars. */
interface MatrixBars<L extends LabelName> extends Matrix<L> {
  /** The number of rows shown, the largest first. */
  readonly limit: number;
  /** Rows are points in time, shown from left to right in that order. @default false */
  readonly inTime?: boolean;
}

/** Returns a bar for every value of one label, stacked by the other label, the largest totals first. */
export function matrixBars<L extends LabelName>({
  limit,
  inTime = false,
  ...matrix
}: MatrixBars<L>): UnplacedPanel {
  const order = inTime ? { field: corner(matrix), desc: false } : { field: TOTAL, desc: true };
  return (delivery) =>
    emptyBars(matrix)
      .orientation(inTime ? VizOrientation.Vertical : VizOrientation.Horizontal)
      .withTarget(tableQuery(matrix.value, { delivery }))
      .transformations([
        ...pivot(matrix),
        { id: 'sortBy', options: { sort: [order] } },
        { id: 'limit', options: { limitField: limit } },
        organized(matrix, { hideTotal: true }),
      ])
      .unit(matrix.unit.id)
      .decimals(matrix.unit.decimals);
}

function emptyBars(frame: PanelFrame): PanelBuilder {
  return framed(new PanelBuilder(), frame)
    .stacking(StackingMode.Normal)
    .showValue(VisibilityMode.Never)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
}
