/** The part of Grafana's JSON model that the page reads. */
export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly time?: { readonly from: string; readonly to: string };
  readonly links?: readonly DashboardLink[];
  readonly templating?: { readonly list?: readonly Variable[] };
  readonly panels?: readonly Panel[];
}

interface DashboardLink {
  readonly title: string;
  /** `dashboards` selects dashboards by tag; `link` is a URL. */
  readonly type: string;
  readonly url?: string;
  readonly tags: readonly string[];
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

/** A variable whose values users select at the top. */
export interface Variable {
  readonly name: string;
  readonly label?: string;
  readonly type: string;
  readonly query?: string | { readonly query?: string };
  /** The part of each line of the answer that is a value. */
  readonly regex?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
  readonly current?: { readonly value?: string | readonly string[] };
}

/** A panel, or a row with a title. */
export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly gridPos: Place;
  readonly interval?: string;
  readonly targets?: readonly Target[];
  readonly transformations?: readonly Transformation[];
  readonly fieldConfig?: FieldConfig;
  readonly options?: PanelOptions;
  /** True for a collapsed row. */
  readonly collapsed?: boolean;
  /** The panels of a collapsed row. */
  readonly panels?: readonly Panel[];
}

/** Position and size, in 24 columns and in rows. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

interface Target {
  readonly expr?: string;
  readonly refId?: string;
  readonly range?: boolean;
  readonly legendFormat?: string;
}

/** A change to the answers before they are shown. */
export interface Transformation {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** The options of all columns, and overrides for single columns. */
export interface FieldConfig {
  readonly defaults: FieldOptions;
  readonly overrides: readonly {
    readonly matcher: { readonly id: string; readonly options?: unknown };
    readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
  }[];
}

/** The appearance of a column's values. */
export interface FieldOptions {
  readonly unit?: string;
  readonly decimals?: number;
  /** The string that replaces a missing value. */
  readonly noValue?: string;
  readonly mappings?: readonly Mapping[];
  readonly thresholds?: {
    readonly steps: readonly { readonly value: number | null; readonly color: string }[];
  };
  readonly links?: readonly { readonly title: string; readonly url: string }[];
  readonly custom?: { readonly cellOptions?: { readonly type: string }; readonly [name: string]: unknown };
}

/** The text and the colour that replace a value. */
export interface MappingResult {
  readonly text?: string;
  readonly color?: string;
}

/** A rule that replaces values. */
export type Mapping =
  | { readonly type: 'value'; readonly options: Readonly<Record<string, MappingResult>> }
  | { readonly type: 'special'; readonly options: { readonly match: string; readonly result: MappingResult } }
  | {
      readonly type: 'range';
      readonly options: {
        readonly from: number | null;
        readonly to: number | null;
        readonly result: MappingResult;
      };
    };

interface PanelOptions {
  readonly orientation?: string;
  readonly stacking?: string;
  readonly graphMode?: string;
  readonly colorMode?: string;
  readonly footer?: { readonly show: boolean };
  readonly sortBy?: readonly { readonly displayName: string; readonly desc?: boolean }[];
  readonly legend?: { readonly showLegend?: boolean; readonly placement?: string; readonly sortBy?: string };
}
