import { type GraphQLSchema, Kind, parse, type SelectionSetNode } from 'graphql';

type Fragments = ReadonlyMap<string, SelectionSetNode>;

const fieldNames = (selectionSet: SelectionSetNode, fragments: Fragments, seen: ReadonlySet<string>): string[] =>
  selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldNames(selection.selectionSet, fragments, seen);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    return fragment && !seen.has(name) ? fieldNames(fragment, fragments, new Set([...seen, name])) : [];
  });

/**
 * Whether a document asks for root fields of which the schema has none: it is another server's. Text that is no GraphQL is
 * not foreign, since it must be answered with an error by somebody.
 */
export const isForeignDocument = (text: string, schema: GraphQLSchema): boolean => {
  let document: ReturnType<typeof parse>;
  try {
    document = parse(text, { noLocation: true });
  } catch {
    return false;
  }
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );
  const names = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? fieldNames(node.selectionSet, fragments, new Set()).map((name) => ({ name, operation: node.operation }))
      : [],
  );
  const isKnown = ({ name, operation }: (typeof names)[number]): boolean =>
    name.startsWith('__') || schema.getRootType(operation)?.getFields()[name] !== undefined;
  return names.length > 0 && !names.some(isKnown);
};
