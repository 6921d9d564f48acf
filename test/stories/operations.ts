import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** A place for an id among the arguments of an operation: `input.conversationId`. */
export interface IdPlace {
  readonly path: readonly string[];
  readonly list: boolean;
}

/** One field of Query or Mutation, with what it takes to call it. */
export interface Operation {
  readonly root: 'query' | 'mutation';
  readonly name: string;
  readonly document: string;
  readonly places: readonly IdPlace[];
  /** Variables that are well-formed: ids by `idFor`, the rest made up; optional ones only where `wanted` leads there. */
  variables(idFor: (path: readonly string[]) => string, wanted?: IdPlace): Record<string, unknown>;
}

type Input = GraphQLArgument | GraphQLInputField;

/** Every operation of a printed schema. */
export function operationsOf(printed: string): Operation[] {
  const schema = buildSchema(printed);
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type, index) =>
    Object.values(type?.getFields() ?? {}).map((field) => operationOf(index === 0 ? 'query' : 'mutation', field)),
  );
}

function operationOf(root: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): Operation {
  const declared = field.args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = field.args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const call = `${field.name}${passed === '' ? '' : `(${passed})`}`;
  const document = `${root}${declared === '' ? '' : ` (${declared})`} { ${call}${selection(field)} }`;
  return {
    root,
    name: field.name,
    document,
    places: field.args.flatMap((arg) => places(arg, [arg.name])),
    variables: (idFor, wanted) => fill(field.args, [], idFor, wanted),
  };
}

function selection(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = type.getFields();
  if (fields['nodes'] !== undefined) return ` { nodes { ${scalars(getNamedType(fields['nodes'].type))} } }`;
  return ` { ${scalars(type)} }`;
}

function scalars(type: unknown): string {
  return isObjectType(type) && type.getFields()['id'] !== undefined ? '__typename id' : '__typename';
}

function places(input: Input, path: readonly string[]): IdPlace[] {
  const named = getNamedType(input.type);
  if (named.name === 'ID') return [{ path, list: String(input.type).startsWith('[') }];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((field) => places(field, [...path, field.name]));
}

function fill(
  inputs: readonly Input[],
  path: readonly string[],
  idFor: (path: readonly string[]) => string,
  wanted?: IdPlace,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const input of inputs) {
    const here = [...path, input.name];
    const onTheWay = wanted !== undefined && here.every((name, index) => wanted.path[index] === name);
    if (!isNonNullType(input.type) && !onTheWay) continue;
    filled[input.name] = valueOf(input.type, here, idFor, wanted);
  }
  return filled;
}

function valueOf(
  type: GraphQLInputType,
  path: readonly string[],
  idFor: (path: readonly string[]) => string,
  wanted?: IdPlace,
): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, path, idFor, wanted);
  if (isListType(type)) return [valueOf(type.ofType, path, idFor, wanted)];
  if (isInputObjectType(type)) return fill(Object.values(type.getFields()), path, idFor, wanted);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  switch (type.name) {
    case 'ID':
      return idFor(path);
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    case 'DateTime':
      return '2030-01-01T00:00:00.000Z';
    case 'JSON':
      return {};
    default:
      return 'some words';
  }
}
