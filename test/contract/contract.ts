import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

const roots = ['Query', 'Mutation', 'Subscription'] as const;

/** What of the contract stands, what does not yet, and single fields of what stands that do not yet, with the reason. */
export interface Progress {
  readonly built: { readonly operations: readonly string[]; readonly types: readonly string[] };
  readonly notYet: { readonly operations: readonly string[]; readonly types: readonly string[] };
  readonly notYetParts: Readonly<Record<string, string>>;
}

/** The committed list. */
export async function readProgress(): Promise<Progress> {
  return JSON.parse(await readFile(path.join(import.meta.dirname, 'built.json'), 'utf8')) as Progress;
}

/** `Query.viewer` and so on: every root operation of a schema. */
export function operationsOf(schema: GraphQLSchema): string[] {
  return roots.flatMap((root) => Object.keys(fieldsOf(schema.getType(root))).map((name) => `${root}.${name}`)).sort();
}

/** Every type of a schema but the roots and what GraphQL brings along. */
export function typesOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .map((type) => type.name)
    .filter((name) => !(roots as readonly string[]).includes(name))
    .sort();
}

/** Everything in which a schema differs from what the contract says of the parts that stand; additions are free. */
export function differences(contract: GraphQLSchema, actual: GraphQLSchema, progress: Progress): string[] {
  return [
    ...listFaults(
      'operation',
      operationsOf(contract),
      operationsOf(actual),
      progress.built.operations,
      progress.notYet.operations,
    ),
    ...listFaults('type', typesOf(contract), typesOf(actual), progress.built.types, progress.notYet.types),
    ...progress.built.operations.flatMap((name) => operationFaults(contract, actual, name)),
    ...progress.built.types.flatMap((name) => typeFaults(contract.getType(name), actual.getType(name), progress)),
    ...Object.keys(progress.notYetParts)
      .filter((name) => hasPart(actual, name) || !hasPart(contract, name))
      .map((name) => `${name} stands, or is not in the contract: take it off the list of what is not there yet`),
  ];
}

function listFaults(
  what: string,
  contract: readonly string[],
  actual: readonly string[],
  built: readonly string[],
  notYet: readonly string[],
): string[] {
  return [
    ...contract
      .filter((name) => built.includes(name) === notYet.includes(name))
      .map((name) => `${name} must be in one list of built.json: built or not yet`),
    ...[...built, ...notYet]
      .filter((name) => !contract.includes(name))
      .map((name) => `the contract has no ${what} ${name}`),
    ...built
      .filter((name) => !actual.includes(name))
      .map((name) => `the ${what} ${name} is said to stand and does not`),
    ...notYet.filter((name) => actual.includes(name)).map((name) => `${name} stands now: move it to the built list`),
  ];
}

function operationFaults(contract: GraphQLSchema, actual: GraphQLSchema, operation: string): string[] {
  const [root = '', name = ''] = operation.split('.');
  return fieldFaults(operation, fieldsOf(contract.getType(root))[name], fieldsOf(actual.getType(root))[name]);
}

function typeFaults(
  wanted: GraphQLNamedType | undefined,
  had: GraphQLNamedType | undefined,
  progress: Progress,
): string[] {
  if (wanted === undefined || had === undefined) return [];
  if (wanted.constructor !== had.constructor) return [`${wanted.name} is of another kind`];
  const missing = (part: string) => progress.notYetParts[part] !== undefined;
  const faults: string[] = [];
  if (isObjectType(wanted) && isObjectType(had)) {
    const implemented = had.getInterfaces().map((one) => one.name);
    for (const { name } of wanted.getInterfaces())
      if (!implemented.includes(name)) faults.push(`${wanted.name} does not implement ${name}`);
  }
  if (isEnumType(wanted) && isEnumType(had)) {
    for (const { name } of wanted.getValues())
      if (had.getValue(name) === undefined && !missing(`${wanted.name}.${name}`))
        faults.push(`${wanted.name}.${name} is missing`);
  }
  for (const [name, field] of Object.entries(fieldsOf(wanted))) {
    const part = `${wanted.name}.${name}`;
    if (!missing(part)) faults.push(...fieldFaults(part, field, fieldsOf(had)[name]));
  }
  if (isInputObjectType(wanted)) {
    for (const [name, field] of Object.entries(fieldsOf(had)))
      if (fieldsOf(wanted)[name] === undefined && isRequired(field))
        faults.push(`${wanted.name}.${name} is required and not in the contract`);
  }
  return faults;
}

interface Field {
  readonly type: { toString(): string };
  readonly args?: readonly GraphQLArgument[];
  readonly defaultValue?: unknown;
}

function fieldFaults(name: string, wanted: Field | undefined, had: Field | undefined): string[] {
  if (wanted === undefined) return [];
  if (had === undefined) return [`${name} is missing`];
  const faults = [];
  if (String(had.type) !== String(wanted.type))
    faults.push(`${name} is ${String(had.type)}, not ${String(wanted.type)}`);
  for (const argument of wanted.args ?? []) {
    const given = had.args?.find((one) => one.name === argument.name);
    const place = `${name}(${argument.name}:)`;
    if (given === undefined) faults.push(`${place} is missing`);
    else if (String(given.type) !== String(argument.type))
      faults.push(`${place} is ${String(given.type)}, not ${String(argument.type)}`);
    else if (JSON.stringify(given.defaultValue) !== JSON.stringify(argument.defaultValue))
      faults.push(
        `${place} is ${JSON.stringify(given.defaultValue) ?? 'nothing'} by itself, not ${JSON.stringify(argument.defaultValue) ?? 'nothing'}`,
      );
  }
  for (const argument of had.args ?? [])
    if (wanted.args?.some((one) => one.name === argument.name) !== true && isRequired(argument))
      faults.push(`${name}(${argument.name}:) is required and not in the contract`);
  return faults;
}

function isRequired(field: Field): boolean {
  return String(field.type).endsWith('!') && field.defaultValue === undefined;
}

function fieldsOf(type: GraphQLNamedType | undefined): Record<string, Field> {
  return isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
    ? (
        type as GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType as {
          getFields(): Record<string, Field & GraphQLInputField>;
        }
      ).getFields()
    : {};
}

function hasPart(schema: GraphQLSchema, part: string): boolean {
  const [name = '', field = ''] = part.split('.');
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValue(field) !== undefined : fieldsOf(type)[field] !== undefined;
}
