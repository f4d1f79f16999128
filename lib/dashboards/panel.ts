import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATA_SOURCE } from './variables';

/** A panel that the dashboard has yet to number and to place. */
export interface UnplacedPanel extends Builder<Panel> {
  id(id: number): this;
}

/** What every panel says and takes. */
export interface PanelFrame {
  readonly title: string;
  readonly description: string;
  /** Of the grid's 24 columns. */
  readonly width: number;
  /** In rows of the grid. */
  readonly height: number;
}

/** The calls that the panel builders of the SDK share. */
interface FrameBuilder {
  title(title: string): this;
  description(description: string): this;
  span(width: number): this;
  height(height: number): this;
  datasource(reference: DataSourceRef): this;
}

/** The panel, with what every panel says, and with the chosen data source. */
export function framed<B extends FrameBuilder>(
  panel: B,
  { title, description, width, height }: PanelFrame,
): B {
  return panel.title(title).description(description).span(width).height(height).datasource(DATA_SOURCE);
}

/** Panels under one heading, from left to right and top to bottom. */
export interface Section {
  readonly title: string;
  readonly panels: readonly UnplacedPanel[];
}

/** How a number is shown. */
export interface Unit {
  /** As Grafana calls it. */
  readonly id: string;
  readonly decimals: number;
}

export const USD: Unit = { id: 'currencyUSD', decimals: 2 };
export const SHARE: Unit = { id: 'percentunit', decimals: 1 };
export const SECONDS: Unit = { id: 's', decimals: 1 };
export const DATE: Unit = { id: 'dateTimeAsIso', decimals: 0 };
export const COUNT: Unit = { id: 'none', decimals: 0 };
