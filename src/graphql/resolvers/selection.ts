import { type DirectiveNode, type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/** The fields that a document asks for below a field, by name; aliases, fragments and skipped fields are seen through. */
export type Selected = ReadonlyMap<string, Selected>;

type Growing = Map<string, Growing>;

/** Fields that have fields of their own, be it that nothing but their type is asked for. */
const composite = new WeakSet<Selected>();

// graphql 17 keeps the values of variables and the definitions of fragments a step further in than graphql 16.
const variableOf = (name: string, { variableValues }: GraphQLResolveInfo): unknown => {
  const { coerced = variableValues } = variableValues as { coerced?: { [name: string]: unknown } };
  return (coerced as { [name: string]: unknown })[name];
};

const fragmentOf = (name: string, { fragments }: GraphQLResolveInfo): SelectionSetNode | undefined => {
  const fragment = fragments[name] as {
    selectionSet?: SelectionSetNode;
    definition?: { selectionSet: SelectionSetNode };
  };
  return fragment?.selectionSet ?? fragment?.definition?.selectionSet;
};

const holds = ({ arguments: given }: DirectiveNode, info: GraphQLResolveInfo): boolean => {
  const value = given?.find(({ name }) => name.value === 'if')?.value;
  if (value?.kind === Kind.BOOLEAN) return value.value;
  return value?.kind === Kind.VARIABLE && variableOf(value.name.value, info) === true;
};

const isLeftOut = (directives: readonly DirectiveNode[], info: GraphQLResolveInfo): boolean =>
  directives.some(({ name, ...directive }) =>
    name.value === 'skip'
      ? holds({ name, ...directive }, info)
      : name.value === 'include' && !holds({ name, ...directive }, info),
  );

type Collection = { readonly info: GraphQLResolveInfo; hasDirectives: boolean };

const collect = (selectionSet: SelectionSetNode, collection: Collection, into: Growing): void => {
  for (const selection of selectionSet.selections) {
    if (selection.directives?.length) {
      collection.hasDirectives = true;
      if (isLeftOut(selection.directives, collection.info)) continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragmentOf(selection.name.value, collection.info);
      if (fragment) collect(fragment, collection, into);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, collection, into);
    else collectField(selection, collection, into);
  }
};

const collectField = ({ name, selectionSet }: FieldNode, collection: Collection, into: Growing): void => {
  if (name.value.startsWith('__')) return;
  const below = into.get(name.value) ?? new Map();
  into.set(name.value, below);
  if (!selectionSet) return;
  composite.add(below);
  collect(selectionSet, collection, below);
};

const known = new WeakMap<FieldNode, Selected>();

/** What the document asks for below the field that is being resolved. Worked out once for a document that is used again. */
export const selectedBelow = (info: GraphQLResolveInfo): Selected => {
  const [node, ...more] = info.fieldNodes;
  const found = node && more.length === 0 ? known.get(node) : undefined;
  if (found) return found;
  const selected: Growing = new Map();
  const collection: Collection = { info, hasDirectives: false };
  for (const { selectionSet } of info.fieldNodes) if (selectionSet) collect(selectionSet, collection, selected);
  if (node && more.length === 0 && !collection.hasDirectives) known.set(node, selected);
  return selected;
};

const NOTHING: Selected = new Map();

/** What is asked for at the end of a path, such as `edges`, `node`. */
export const selectedAt = (selected: Selected, ...path: readonly string[]): Selected =>
  path.reduce<Selected>((at, name) => at.get(name) ?? NOTHING, selected);

const paths = new WeakMap<Selected, readonly string[]>();

const pathsIn = (selected: Selected): string[] =>
  [...selected].flatMap(([name, below]) => {
    if (composite.has(below)) return pathsIn(below).map((path) => `${name}.${path}`);
    return [name === 'id' ? 'objectId' : name];
  });

/** The paths to all fields that have none of their own, `id` as `objectId`. */
export const leafPaths = (selected: Selected): readonly string[] => {
  const found = paths.get(selected) ?? [...new Set(pathsIn(selected))];
  paths.set(selected, found);
  return found;
};
