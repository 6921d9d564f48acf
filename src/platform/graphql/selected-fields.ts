import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** Deeper fields are asked of resolvers of their own. */
const deepest = 3;
const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * The fields that an operation may ask for below the one that is resolved, as paths (`nodes`, `nodes.contact`), fragments
 * opened; those that a directive leaves out are among them. Documents are kept parsed, so each field is walked once.
 */
export function selectedFields({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlySet<string> {
  const [only] = fieldNodes;
  const before = fieldNodes.length === 1 && only !== undefined ? known.get(only) : undefined;
  if (before !== undefined) return before;
  const fields = new Set<string>();
  for (const field of fieldNodes) collect(field.selectionSet, '', 1, fragments, fields);
  if (fieldNodes.length === 1 && only !== undefined) known.set(only, fields);
  return fields;
}

function collect(
  set: SelectionSetNode | undefined,
  prefix: string,
  depth: number,
  fragments: GraphQLResolveInfo['fragments'],
  into: Set<string>,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) {
      into.add(`${prefix}${selection.name.value}`);
      if (depth < deepest)
        collect(selection.selectionSet, `${prefix}${selection.name.value}.`, depth + 1, fragments, into);
    } else {
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      collect(inner?.selectionSet, prefix, depth, fragments, into);
    }
  }
}
