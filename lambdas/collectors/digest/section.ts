import type { Ask } from './ask';

/** One part of the report. What it cannot read does not stop the others. */
export interface Section {
  readonly title: string;
  /** Undefined where Prometheus has nothing of it. */
  read(ask: Ask, about: About): Promise<Content | undefined>;
}

/** What the report is about. */
export interface About {
  /** The moment that every number is of. */
  readonly at: Date;
  /** Whole days of the cost window. */
  readonly costDays: number;
  /** Windows end this many days ago. */
  readonly settleDays: number;
}

/** What a section says: the same figures for machines and for people. */
export interface Content {
  /** As JSON: amounts in USD as numbers. */
  readonly figures: object;
  readonly table?: Table;
  /** Below the table. */
  readonly lines: readonly string[];
}

/** Names in the first column, figures in the others. Names are as they came: how they are made harmless, each format knows. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
