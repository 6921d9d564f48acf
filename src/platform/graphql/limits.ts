import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fieldsByName, fragmentsOf } from './selection.js';

/** What one document may ask for. Checked before any resolver, and so before any SQL. */
export const limits = {
  depth: 12,
  aliases: 15,
  rootFields: 10,
  directives: 20,
  // Clients ask each kind of a thing for its name: of events in the live feed there are twelve.
  repeats: 16,
  fragments: 50,
  tokens: 2_000,
  rows: 5_000,
} as const;

/** How deep the standard introspection query goes, with room; the lists inside it are bounded by validation. */
const introspectionDepth = 20;

interface Walk {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly opened: Set<string>;
  aliases: number;
  directives: number;
  steps: number;
}

/**
 * Throws TOO_COMPLEX for a document that is over a limit whatever its variables are. It needs no schema and takes no
 * longer than the document is long, so it stands before validation, which compares repeated fields pair by pair.
 */
export function checkShape(document: DocumentNode): void {
  const walk: Walk = { fragments: fragmentsOf(document), opened: new Set(), aliases: 0, directives: 0, steps: 0 };
  // Validation compares the fragments of one place with one another.
  if (walk.fragments.size > limits.fragments) refuse(`at most ${String(limits.fragments)} fragments`);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) checkOperation(definition, walk);
  }
  // Validation looks into fragments that no operation uses as well.
  for (const fragment of walk.fragments.values()) {
    if (!walk.opened.has(fragment.name.value)) checkFragment(fragment, walk);
  }
}

function checkOperation(operation: OperationDefinitionNode, walk: Walk): void {
  walk.aliases = 0;
  countDirectives(operation.directives, walk);
  for (const variable of operation.variableDefinitions ?? []) countDirectives(variable.directives, walk);
  let rootFields = 0;
  const roots = fieldsByName([{ set: operation.selectionSet, on: null }], walk.fragments, onFragment(walk));
  for (const { length } of roots.values()) rootFields += length;
  if (rootFields > limits.rootFields) refuse(`at most ${String(limits.rootFields)} root fields`);
  visit([operation.selectionSet], walk, 1, isIntrospection(operation) ? introspectionDepth : limits.depth);
}

function checkFragment(fragment: FragmentDefinitionNode, walk: Walk): void {
  walk.aliases = 0;
  walk.opened.add(fragment.name.value);
  countDirectives(fragment.directives, walk);
  const isOfSchema = fragment.typeCondition.name.value.startsWith('__');
  visit([fragment.selectionSet], walk, 1, isOfSchema ? introspectionDepth : limits.depth);
}

/** Fields of one name in one place are executed as one, so what they select is looked at as one. */
function visit(sets: readonly SelectionSetNode[], walk: Walk, depth: number, maxDepth: number): void {
  if (depth > maxDepth) refuse(`at most ${String(maxDepth)} levels`);
  const places = sets.map((set) => ({ set, on: null }));
  for (const same of fieldsByName(places, walk.fragments, onFragment(walk)).values()) {
    if (same.length > limits.repeats) refuse(`a field at most ${String(limits.repeats)} times in one place`);
    for (const { node } of same) {
      step(walk);
      countDirectives(node.directives, walk);
      if (node.alias !== undefined) walk.aliases += 1;
      if (walk.aliases > limits.aliases) refuse(`at most ${String(limits.aliases)} aliases`);
    }
    const selected = same.map(({ node }) => node.selectionSet).filter((set) => set !== undefined);
    if (selected.length > 0) visit(selected, walk, depth + 1, maxDepth);
  }
}

function onFragment(walk: Walk) {
  return (node: { kind: Kind; name?: { value: string }; directives?: readonly DirectiveNode[] }, inItself: boolean) => {
    if (inItself) refuse('fragments that do not contain themselves');
    step(walk);
    countDirectives(node.directives, walk);
    if (node.name !== undefined) walk.opened.add(node.name.value);
  };
}

/** Fragments used again and again are as much work as if they were written out. */
function step(walk: Walk): void {
  walk.steps += 1;
  if (walk.steps > limits.tokens) refuse('fewer fields');
}

function countDirectives(directives: readonly DirectiveNode[] | undefined, walk: Walk): void {
  walk.directives += directives?.length ?? 0;
  if (walk.directives > limits.directives) refuse(`at most ${String(limits.directives)} directives`);
}

function isIntrospection(operation: OperationDefinitionNode): boolean {
  return operation.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && ['__schema', '__type'].includes(selection.name.value),
  );
}

/** The refusal of an operation that asks for too much; the client's doing, so 400 over HTTP. */
export function refuse(what: string, field?: string): never {
  throw new GraphQLError(`This operation asks for too much; a document may have ${what}.`, {
    extensions: { code: 'TOO_COMPLEX', http: { status: 400 }, ...(field !== undefined && { field }) },
  });
}
