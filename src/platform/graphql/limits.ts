import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { maxPageSize } from './page.js';

/** What one document may ask for. Checked before any resolver, and so before any SQL. */
export const limits = {
  depth: 12,
  aliases: 15,
  rootFields: 10,
  directives: 20,
  repeats: 10,
  tokens: 2_000,
  nodes: 5_000,
} as const;

/** How deep the standard introspection query goes, with room; the lists inside it are bounded by validation. */
const introspectionDepth = 20;

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly maxDepth: number;
  aliases: number;
  directives: number;
  nodes: number;
  steps: number;
}

/** Throws TOO_COMPLEX for a document over a limit. Introspection, which costs no statement, may go deeper. */
export function checkLimits(
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): void {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(
    (candidate) => operationName === null || operationName === undefined || candidate.name?.value === operationName,
  );
  if (operation === undefined) return;
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const walk: Walk = {
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: { ...defaultsOf(operation), ...variables },
    maxDepth: isIntrospection(operation) ? introspectionDepth : limits.depth,
    aliases: 0,
    directives: 0,
    nodes: 0,
    steps: 0,
  };
  if (fieldsOf(operation.selectionSet, walk, new Set()).length > limits.rootFields)
    refuse(`at most ${String(limits.rootFields)} root fields`);
  visit(operation.selectionSet, walk, 1, 1, new Set());
}

function visit(set: SelectionSetNode, walk: Walk, depth: number, factor: number, inside: ReadonlySet<string>): void {
  if (depth > walk.maxDepth) refuse(`at most ${String(walk.maxDepth)} levels`);
  const fields = fieldsOf(set, walk, inside);
  for (const same of Map.groupBy(fields, (field) => (field.alias ?? field.name).value).values())
    if (same.length > limits.repeats) refuse(`a field at most ${String(limits.repeats)} times in one place`);
  for (const field of fields) {
    walk.steps += 1;
    if (walk.steps > limits.tokens) refuse('fewer fields');
    walk.directives += field.directives?.length ?? 0;
    if (walk.directives > limits.directives) refuse(`at most ${String(limits.directives)} directives`);
    if (field.alias !== undefined) walk.aliases += 1;
    if (walk.aliases > limits.aliases) refuse(`at most ${String(limits.aliases)} aliases`);
    const page = pageOf(field, walk.variables);
    walk.nodes += factor * (page ?? 0);
    if (walk.nodes > limits.nodes)
      refuse(`at most ${String(limits.nodes)} rows in one operation: make the pages smaller`);
    if (field.selectionSet !== undefined) visit(field.selectionSet, walk, depth + 1, factor * (page ?? 1), inside);
  }
}

/** The fields of a selection, fragments opened. A fragment inside itself is refused here, before validation walks it. */
function fieldsOf(set: SelectionSetNode, walk: Walk, inside: ReadonlySet<string>): FieldNode[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, walk, inside);
    const name = selection.name.value;
    if (inside.has(name)) refuse('fragments that do not contain themselves');
    walk.steps += 1;
    if (walk.steps > limits.tokens) refuse('fewer fragments');
    const fragment = walk.fragments.get(name);
    return fragment === undefined ? [] : fieldsOf(fragment.selectionSet, walk, new Set([...inside, name]));
  });
}

function pageOf(field: FieldNode, variables: Readonly<Record<string, unknown>>): number | null {
  const argument = field.arguments?.find((candidate) => candidate.name.value === 'first');
  if (argument === undefined) return null;
  const size = numberOf(argument.value, variables);
  if (size !== null && size > maxPageSize) refuse(`pages of at most ${String(maxPageSize)}`, 'first');
  return size;
}

function numberOf(value: ValueNode, variables: Readonly<Record<string, unknown>>): number | null {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind !== Kind.VARIABLE) return null;
  const given = variables[value.name.value];
  return typeof given === 'number' ? given : null;
}

/** The numbers that variables have where the request gives none. */
function defaultsOf(operation: OperationDefinitionNode): Record<string, number> {
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );
}

function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && ['__schema', '__type'].includes(selection.name.value),
  );
}

function refuse(what: string, field?: string): never {
  throw new GraphQLError(`This operation asks for too much; a document may have ${what}.`, {
    extensions: { code: 'TOO_COMPLEX', ...(field !== undefined && { field }) },
  });
}
