import {
  type GraphQLInputType,
  buildSchema,
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
} from 'graphql';
import { type Operation, operationsOf } from '../isolation/operations.js';

/** A place for text among the arguments of an operation, ids included. */
export interface TextPlace {
  readonly operation: Operation;
  readonly path: readonly string[];
  /** What the schema calls it: `SendMessageInput.text`, `Mutation.addNote(text:)`. */
  readonly coordinate: string;
  readonly type: string;
}

const textTypes = new Set(['String', 'ID', 'DateTime', 'JSON']);

/** Every place where a client may write text. */
export function textPlaces(printed: string): TextPlace[] {
  const schema = buildSchema(printed);
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  return operationsOf(printed).flatMap((operation) => {
    const type = operation.root === 'subscription' ? undefined : roots[operation.root];
    const args = type?.getFields()[operation.name]?.args ?? [];
    return args.flatMap((arg) =>
      placesOf(arg.type, [arg.name], `${String(type?.name)}.${operation.name}(${arg.name}:)`).map((place) => ({
        operation,
        ...place,
      })),
    );
  });
}

type Place = Omit<TextPlace, 'operation'>;

function placesOf(type: GraphQLInputType, path: readonly string[], coordinate: string): Place[] {
  const bare = getNullableType(type);
  if (isListType(bare)) return placesOf(bare.ofType, [...path, '0'], coordinate);
  if (isInputObjectType(bare))
    return path.length > 5
      ? []
      : Object.values(bare.getFields()).flatMap((field) =>
          placesOf(field.type, [...path, field.name], `${bare.name}.${field.name}`),
        );
  return isScalarType(bare) && textTypes.has(bare.name) ? [{ path, coordinate, type: bare.name }] : [];
}

/** The variables with this value in that place. */
export function withText(variables: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (first === '0') return [withText(Array.isArray(variables) ? (variables as unknown[])[0] : undefined, rest, value)];
  const known = typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  return { ...known, [first]: withText(known[first], rest, value) };
}
