import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Delivery } from '../../lambdas/catalog/delivery';
import { DATA_SOURCE } from './variables';

/** Builds a panel whose queries fit the kind of delivery. The dashboard assigns the panel's number and place. */
export type UnplacedPanel = (delivery: Delivery) => PanelBuilder;

interface PanelBuilder extends Builder<Panel> {
  id(id: number): this;
}

/** The properties that every panel has. */
export interface PanelFrame {
  readonly title: string;
  readonly description: string;
  /** Columns of the grid, which has 24. */
  readonly width: number;
  /** Rows of the grid. */
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

/** Sets the properties that every panel has, and the chosen data source. */
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

/** A format of numbers. */
export interface Unit {
  /** Grafana’s name of the unit. */
  readonly id: string;
  readonly decimals: number;
}

export const USD: Unit = { id: 'currencyUSD', decimals: 2 };
export const SHARE: Unit = { id: 'percentunit', decimals: 1 };
export const SECONDS: Unit = { id: 's', decimals: 1 };
export const DATE: Unit = { id: 'dateTimeAsIso', decimals: 0 };
export const COUNT: Unit = { id: 'none', decimals: 0 };
