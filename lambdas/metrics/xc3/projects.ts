import { OTHER } from '../../catalog/metrics';
import type { AnySample, ForeignSample } from '../sample';
import { type Counterpart, nameIn, type Rows, samplesIn, samplesOf } from './counterpart';
import { pythonFloat } from './labels';
import { row } from './metrics';

/** The cost of each project. */
export const projectRows: Rows = (samples) =>
  samplesOf('aws_project_billed_cost_usd', samples).map(({ labels: { project }, value }) => {
    const labels = { project_spend_project: projectText(project), project_spend_cost: pythonFloat(value) };
    return row('Project_Spend_Cost', labels, value);
  });

/**
 * The usage of each project, one job and one metric per project: by usage type if that was requested, else by service.
 * The possible names are unknown, so the group of a removed project is deleted only if the ledger has it.
 */
export const projectServices: Counterpart = {
  job: 'Project-Usage',
  names: () => [],
  groups(found, run) {
    if (!run.complete) return []; // costs and usage come from two groups: without either, a project would lose its rows
    const projects = byProject(found.flatMap(samplesIn));
    return [...projects].map(([project, lines]) => ({
      ...nameIn(`${project}-Service`, run),
      samples: lines.map((line) => toRow(project, line)),
    }));
  },
};

interface Line {
  readonly project: string;
  readonly service: string;
  readonly value: number;
  readonly usageType: string;
  readonly quantity: string;
  readonly unit: string;
}

function toRow(project: string, { service, value, usageType, quantity, unit }: Line): ForeignSample {
  const labels = {
    project_spend_services: service,
    project_spend_cost: pythonFloat(value),
    Usage_type: usageType,
    Usage_Quantity: quantity,
    Unit: unit,
  };
  return row('_Services_Cost', labels, value, metricPrefix(project));
}

/** Replaces each character that a metric name must not contain by `_`. */
function metricPrefix(project: string): string {
  return project.replace(/[^a-zA-Z0-9_:]/gu, '_').replace(/^(?=\d)/, '_');
}

function byProject(samples: readonly AnySample[]): Map<string, Line[]> {
  const usage = usageLines(samples);
  const withUsage = new Set(usage.map(({ project }) => project));
  const services = serviceLines(samples).filter(({ project }) => !withUsage.has(project));
  const projects = new Map<string, Line[]>();
  for (const line of [...usage, ...services]) {
    const name = projectText(line.project);
    const known = projects.get(name);
    if (known) known.push(line);
    else projects.set(name, [line]);
  }
  return projects;
}

/** Skips the aggregated rest, which belongs to no project. */
function usageLines(samples: readonly AnySample[]): Line[] {
  const quantities = new Map(
    samplesOf('aws_project_usage_quantity', samples).map(({ labels, value }) => [idOf(labels), value]),
  );
  return samplesOf('aws_project_usage_billed_cost_usd', samples)
    .filter(({ labels }) => labels.project !== OTHER)
    .map(({ labels, value }) => {
      const quantity = quantities.get(idOf(labels));
      return {
        project: labels.project,
        service: labels.service,
        value,
        usageType: labels.usage_type,
        quantity: quantity === undefined ? UNKNOWN : pythonFloat(quantity),
        unit: labels.unit || UNKNOWN,
      };
    });
}

function serviceLines(samples: readonly AnySample[]): Line[] {
  return samplesOf('aws_project_service_billed_cost_usd', samples).map(({ labels, value }) => ({
    project: labels.project,
    service: labels.service,
    value,
    usageType: UNKNOWN,
    quantity: UNKNOWN,
    unit: UNKNOWN,
  }));
}

const UNKNOWN = 'N/A';

function idOf(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort());
}

/** Returns `Others` for untagged cost. A project of that name gets a suffix, so that two projects never share a row. */
function projectText(project: string): string {
  if (project === '') return 'Others';
  return /^Others( \(tag\))*$/.test(project) ? `${project} (tag)` : project;
}
