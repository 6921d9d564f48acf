import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** A field as it stands in a selection, and the type that the fragment around it names; null outside of fragments. */
export interface SelectedField {
  readonly node: FieldNode;
  readonly on: string | null;
}

/** What happens at each fragment that is opened; may throw. */
export type OnFragment = (node: FragmentSpreadNode | InlineFragmentNode, isInsideItself: boolean) => void;

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The fields of one place, fragments opened, by the name that they have in the answer: what is executed as one. */
export function fieldsByName(
  sets: readonly { readonly set: SelectionSetNode; readonly on: string | null }[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  onFragment: OnFragment = () => undefined,
): Map<string, SelectedField[]> {
  const fields: SelectedField[] = [];
  const open = (set: SelectionSetNode, on: string | null, inside: ReadonlySet<string>): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        fields.push({ node: selection, on });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        onFragment(selection, false);
        open(selection.selectionSet, selection.typeCondition?.name.value ?? on, inside);
      } else {
        const name = selection.name.value;
        onFragment(selection, inside.has(name));
        const fragment = fragments.get(name);
        if (fragment !== undefined && !inside.has(name))
          open(fragment.selectionSet, fragment.typeCondition.name.value, new Set([...inside, name]));
      }
    }
  };
  for (const { set, on } of sets) open(set, on, new Set());
  return Map.groupBy(fields, ({ node }) => (node.alias ?? node.name).value);
}
