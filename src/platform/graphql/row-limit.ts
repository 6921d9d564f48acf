import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { limits, refuse } from './limits.js';
import { maxPageSize } from './page.js';
import { type SelectedField, fieldsByName, fragmentsOf } from './selection.js';

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  rows: number;
}

/**
 * Throws TOO_COMPLEX where the pages that a valid operation asks for multiply to too many rows. A page whose size is not
 * given has the size that the schema says.
 */
export function checkRows(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
): void {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return;
  const walk = {
    schema,
    fragments: fragmentsOf(document),
    variables: { ...defaultsOf(operation), ...variables },
    rows: 0,
  };
  visit([operation.selectionSet], root, 1, walk);
}

function visit(sets: readonly SelectionSetNode[], parent: GraphQLNamedType, factor: number, walk: Walk): void {
  const places = sets.map((set) => ({ set, on: parent.name }));
  for (const same of fieldsByName(places, walk.fragments).values()) {
    const pages = same.map((field) => pageOf(field.node, definitionOf(field, walk.schema), walk.variables));
    const page = Math.max(...pages.map((size) => size ?? 0));
    walk.rows += factor * page;
    if (walk.rows > limits.rows)
      refuse(`at most ${String(limits.rows)} rows in one operation: make the pages smaller`, 'first');
    const isPaged = pages.some((size) => size !== null);
    for (const [type, selected] of selectionsByType(same, walk.schema))
      visit(selected, type, factor * (isPaged ? page : 1), walk);
  }
}

/** What fields of one name select, by the type that they give: inside fragments of several types these may differ. */
function selectionsByType(same: readonly SelectedField[], schema: GraphQLSchema) {
  const selections = new Map<GraphQLNamedType, SelectionSetNode[]>();
  for (const field of same) {
    const type = definitionOf(field, schema)?.type;
    if (type === undefined || field.node.selectionSet === undefined) continue;
    const named = getNamedType(type);
    selections.set(named, [...(selections.get(named) ?? []), field.node.selectionSet]);
  }
  return selections;
}

function definitionOf({ node, on }: SelectedField, schema: GraphQLSchema): GraphQLField<unknown, unknown> | undefined {
  const type = on === null ? undefined : schema.getType(on);
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
}

/** How many rows a field gives at most; null for a field that has no pages. */
function pageOf(
  node: FieldNode,
  definition: GraphQLField<unknown, unknown> | undefined,
  variables: Readonly<Record<string, unknown>>,
): number | null {
  const declared = definition?.args.find(({ name }) => name === 'first');
  if (declared === undefined) return null;
  const given = node.arguments?.find(({ name }) => name.value === 'first');
  const size = given === undefined ? null : numberOf(given.value, variables);
  if (size !== null && size > maxPageSize) refuse(`pages of at most ${String(maxPageSize)}`, 'first');
  return size ?? (typeof declared.defaultValue === 'number' ? declared.defaultValue : maxPageSize);
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
