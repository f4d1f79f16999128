import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Permission } from './aws/callers';
import { arnOf, type Deployment, resolve } from './intrinsics';

/** A function of the templates, with the values that CloudFormation would fill in. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  /** The folder of the code asset. */
  readonly code: string;
  /** Lambda's `file.export`. */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** Actions that the function's role allows. */
  readonly actions: readonly Permission[];
}

/** A schedule and its target. */
export interface DeployedSchedule {
  readonly name: string;
  readonly expression: string;
  /** JSON that still contains the Scheduler's context attributes. */
  readonly input: string;
  readonly function: DeployedFunction;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}
type Resources = Readonly<Record<string, Resource>>;

/** Reads every schedule of every template in a cloud assembly, with its function. */
export function readSchedules(
  outdir: string,
  place: { accountId: string; region: string },
): DeployedSchedule[] {
  const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  return templates.flatMap((file) => schedulesOf(outdir, file, place));
}

function schedulesOf(
  outdir: string,
  file: string,
  place: { accountId: string; region: string },
): DeployedSchedule[] {
  const { Resources: resources } = readJson<{ Resources: Resources }>(path.join(outdir, file));
  const types = Object.fromEntries(Object.entries(resources).map(([id, { Type }]) => [id, Type]));
  const stack = { outdir, resources, deployment: { ...place, types }, assets: assetsOf(outdir, file) };
  return ofType(resources, 'AWS::Scheduler::Schedule').map(([name, properties]) => {
    const target = resolve(properties.Target, stack.deployment) as { Arn: string; Input: string };
    const invoked = ofType(resources, 'AWS::Lambda::Function').find(
      ([id]) => arnOf(id, stack.deployment) === target.Arn,
    );
    if (!invoked)
      throw new Error(`${name}: expected a function of the same template as its target, got ${target.Arn}`);
    const expression = String(properties.ScheduleExpression);
    return { name, expression, input: target.Input, function: deployedFunction(invoked, stack) };
  });
}

interface Stack {
  readonly outdir: string;
  readonly resources: Resources;
  readonly deployment: Deployment;
  /** The folder by asset hash. */
  readonly assets: Readonly<Record<string, string>>;
}

function deployedFunction(
  [name, properties]: [string, Record<string, unknown>],
  stack: Stack,
): DeployedFunction {
  const resolved = resolve(properties, stack.deployment) as {
    Code: { S3Key: string };
    Handler: string;
    Environment?: { Variables: Record<string, string> };
    Timeout: number;
    MemorySize: number;
    Role: string;
  };
  const hash = resolved.Code.S3Key.replace(/\.zip$/, '');
  return {
    name,
    arn: arnOf(name, stack.deployment),
    code: path.join(
      stack.outdir,
      stack.assets[hash] ?? fail(name, `expected an asset of the cloud assembly, got ${hash}`),
    ),
    handler: resolved.Handler,
    environment: resolved.Environment?.Variables ?? {},
    timeoutSeconds: resolved.Timeout,
    memoryMb: resolved.MemorySize,
    actions: allowedActions(resolved.Role, stack),
  };
}

/**
 * Returns the actions that a role's policies allow. Policies are exact actions on `*` or on an exact ARN, so no
 * policy engine is needed. An action on an ARN keeps it.
 */
function allowedActions(roleArn: string, { resources, deployment }: Stack): Permission[] {
  return ofType(resources, 'AWS::IAM::Policy').flatMap(([id, properties]) => {
    const { Roles, PolicyDocument } = resolve(properties, deployment) as {
      Roles: string[];
      PolicyDocument: { Statement: Statement[] };
    };
    if (!Roles.some((role) => arnOf(role, deployment) === roleArn)) return [];
    return PolicyDocument.Statement.flatMap((statement) => actionsOf(id, statement));
  });
}

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: unknown;
}

function actionsOf(policy: string, { Effect, Action, Resource, Condition }: Statement): Permission[] {
  const actions = [Action].flat();
  const resources = [Resource].flat();
  const isExact = [...actions, ...resources.filter((resource) => resource !== '*')].every(isWithoutWildcard);
  if (Effect !== 'Allow' || Condition || !isExact) {
    fail(
      policy,
      `expected statements that allow exact actions on exact resources without conditions, got ${JSON.stringify({ Effect, Action, Resource, Condition })}`,
    );
  }
  return resources.flatMap((resource) =>
    actions.map((action) => (resource === '*' ? action : { action, resource })),
  );
}

function isWithoutWildcard(value: string): boolean {
  return !value.includes('*');
}

function assetsOf(outdir: string, template: string): Record<string, string> {
  const { files } = readJson<{ files: Record<string, { source: { path: string } }> }>(
    path.join(outdir, template.replace('.template.json', '.assets.json')),
  );
  return Object.fromEntries(Object.entries(files).map(([hash, { source }]) => [hash, source.path]));
}

function ofType(resources: Resources, type: string): [string, Record<string, unknown>][] {
  return Object.entries(resources).flatMap(([id, { Type, Properties = {} }]) =>
    Type === type ? [[id, Properties]] : [],
  );
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function fail(where: string, problem: string): never {
  throw new Error(`${where}: ${problem}`);
}
