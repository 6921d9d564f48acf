import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  buildSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { type ArgumentClass, argumentClasses } from './argument-classes.js';

export type Root = 'query' | 'mutation' | 'subscription';

/** A place among the arguments of an operation where an id, a text or JSON can stand: `input.conversationId`. */
export interface Place {
  readonly path: readonly string[];
  /** What the schema calls it: `SendMessageInput.conversationId`, `Mutation.addNote(text:)`. */
  readonly coordinate: string;
  /** What it means; null while nobody has said. */
  readonly kind: ArgumentClass | null;
}

/** One root field, or one field with arguments further down, with what it takes to call it. */
export interface Operation {
  readonly root: Root;
  readonly name: string;
  readonly document: string;
  readonly places: readonly Place[];
  /** Well-formed variables: ids and texts by `valueFor`, choices made up; optional ones only where `wanted` leads there. */
  variables(valueFor: (place: Place) => unknown, wanted?: Place): Record<string, unknown>;
}

type Input = GraphQLArgument | GraphQLInputField;
type OutputField = GraphQLField<unknown, unknown>;

/** Types that can carry an id, a text or anything at all; whatever is in none of these two lists is taught first. */
const carrying = new Set(['ID', 'String', 'JSON']);
const choosing = new Set(['Int', 'Float', 'Boolean', 'DateTime']);

/** Every operation of a printed schema. */
export function operationsOf(printed: string): Operation[] {
  const schema = buildSchema(printed);
  const roots = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  };
  const all = (Object.entries(roots) as [Root, typeof roots.query][]).flatMap(([root, type]) =>
    Object.values(type?.getFields() ?? {}).map((field) => rootOperation(schema, root, String(type?.name), field)),
  );
  return [...all, ...nestedOperations(schema)];
}

function rootOperation(schema: GraphQLSchema, root: Root, type: string, field: OutputField): Operation {
  const call = `${field.name}${passed(field.args)}${selection(schema, getNamedType(field.type))}`;
  return {
    root,
    name: field.name,
    document: `${root}${declared(field.args)} { ${call} }`,
    places: field.args.flatMap((arg) => places(arg, [arg.name], `${type}.${field.name}(${arg.name}:)`)),
    variables: (valueFor, wanted) => fill(field.args, [], `${type}.${field.name}`, valueFor, wanted),
  };
}

/** Fields with arguments below a root field, reached through the root field that gives one of their type by its id. */
function nestedOperations(schema: GraphQLSchema): Operation[] {
  const roots = new Set([
    schema.getQueryType()?.name,
    schema.getMutationType()?.name,
    schema.getSubscriptionType()?.name,
  ]);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || roots.has(type.name) || type.name.startsWith('__')) return [];
    return Object.values(type.getFields())
      .filter(({ args }) => args.length > 0)
      .map((field): Operation => {
        const givers = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
          (candidate) => getNamedType(candidate.type) === type,
        );
        // By its id; where there are so few that they are only listed, through the list.
        const parent =
          givers.find(({ args }) => args.some(({ name }) => name === 'id')) ??
          givers.find(({ args }) => args.length === 0);
        if (parent === undefined)
          throw new Error(`No query gives one ${type.name}, so ${field.name} cannot be reached.`);
        const inner = `${field.name}${passed(field.args)}${selection(schema, getNamedType(field.type))}`;
        return {
          root: 'query',
          name: `${parent.name}.${field.name}`,
          document: `query${declared([...parent.args, ...field.args])} { ${parent.name}${passed(parent.args)} { ${inner} } }`,
          places: field.args.flatMap((arg) => places(arg, [arg.name], `${type.name}.${field.name}(${arg.name}:)`)),
          variables: (valueFor, wanted) => ({
            ...fill(parent.args, [], `Query.${parent.name}`, valueFor),
            ...fill(field.args, [], `${type.name}.${field.name}`, valueFor, wanted),
          }),
        };
      });
  });
}

const declared = (args: readonly GraphQLArgument[]) =>
  args.length === 0 ? '' : ` (${args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ')})`;
const passed = (args: readonly GraphQLArgument[]) =>
  args.length === 0 ? '' : `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})`;

/** Everything that a type shows within two steps; a page within a page is left out, and what has to be asked for. */
function selection(
  schema: GraphQLSchema,
  type: GraphQLNamedType,
  above: readonly string[] = [],
  but: readonly string[] = [],
): string {
  if (!isCompositeType(type)) return '';
  if (isInterfaceType(type)) {
    // What all have is asked for once: a document names a field only so often in one place.
    const common = Object.keys(type.getFields());
    const kinds = schema
      .getImplementations(type)
      .objects.map((one) => `... on ${one.name}${selection(schema, one, above, common)}`);
    return ` { __typename ${common.join(' ')} ${kinds.join(' ')} }`;
  }
  if (!isObjectType(type)) throw new Error(`Unions are not taught yet: ${type.name}.`);
  const inside = [...above, type.name];
  const shown = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (but.includes(field.name) || field.args.some(({ type: given }) => isNonNullType(given))) return [];
    if (!isCompositeType(named)) return [field.name];
    const isPage = isObjectType(named) && named.getFields()['nodes'] !== undefined;
    if (isPage || inside.includes(named.name) || inside.filter((name) => !name.endsWith('Connection')).length > 2)
      return [];
    return [`${field.name}${selection(schema, named, inside)}`];
  });
  // A document has to ask for something, also of a type that has nothing of its own.
  return ` { ${but.length === 0 || shown.length === 0 ? '__typename ' : ''}${shown.join(' ')} }`;
}

function places(input: Input, path: readonly string[], coordinate: string): Place[] {
  const named = getNamedType(input.type);
  if (carrying.has(named.name)) return [{ path, coordinate, kind: argumentClasses[coordinate] ?? null }];
  if (isInputObjectType(named)) {
    return Object.values(named.getFields()).flatMap((field) =>
      places(field, [...path, field.name], `${named.name}.${field.name}`),
    );
  }
  if (isEnumType(named) || choosing.has(named.name)) return [];
  throw new Error(`Whether ${named.name} can carry an id is not known: teach it to operations.ts.`);
}

type ValueFor = (place: Place) => unknown;

function fill(
  inputs: readonly Input[],
  path: readonly string[],
  owner: string,
  valueFor: ValueFor,
  wanted?: Place,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const input of inputs) {
    const here = [...path, input.name];
    const onTheWay = wanted !== undefined && here.every((name, index) => wanted.path[index] === name);
    if (!isNonNullType(input.type) && !onTheWay) continue;
    const coordinate = path.length === 0 ? `${owner}(${input.name}:)` : `${owner}.${input.name}`;
    filled[input.name] = valueOf(input.type, here, coordinate, valueFor, wanted);
  }
  return filled;
}

function valueOf(
  type: GraphQLInputType,
  path: readonly string[],
  coordinate: string,
  valueFor: ValueFor,
  wanted?: Place,
): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, path, coordinate, valueFor, wanted);
  if (isListType(type)) return [valueOf(type.ofType, path, coordinate, valueFor, wanted)];
  if (isInputObjectType(type)) return fill(Object.values(type.getFields()), path, type.name, valueFor, wanted);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  switch (type.name) {
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    case 'DateTime':
      // What goes from one time to another takes some.
      return path.at(-1) === 'to' ? '2030-01-02T00:00:00.000Z' : '2030-01-01T00:00:00.000Z';
    case 'JSON':
      return { words: valueFor({ path, coordinate, kind: argumentClasses[coordinate] ?? null }) };
    default:
      return valueFor({ path, coordinate, kind: argumentClasses[coordinate] ?? null });
  }
}
