import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** The fields that a document asks for below a field, by name; aliases, fragments and skipped fields are seen through. */
export type Selected = Map<string, Selected>;

const isIncluded = (node: Parameters<typeof getDirectiveValues>[1], variables: { [name: string]: unknown }): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;

const collect = (selectionSet: SelectionSetNode, info: GraphQLResolveInfo, into: Selected): void => {
  for (const selection of selectionSet.selections) {
    if (selection.directives?.length && !isIncluded(selection, info.variableValues)) continue;
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = info.fragments[selection.name.value];
      if (fragment) collect(fragment.selectionSet, info, into);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, info, into);
    else collectField(selection, info, into);
  }
};

const collectField = ({ name, selectionSet }: FieldNode, info: GraphQLResolveInfo, into: Selected): void => {
  if (name.value.startsWith('__')) return;
  const below = into.get(name.value) ?? new Map();
  into.set(name.value, below);
  if (selectionSet) collect(selectionSet, info, below);
};

/** What the document asks for below the field that is being resolved. */
export const selectedBelow = (info: GraphQLResolveInfo): Selected => {
  const selected: Selected = new Map();
  for (const { selectionSet } of info.fieldNodes) if (selectionSet) collect(selectionSet, info, selected);
  return selected;
};

/** What is asked for at the end of a path, such as `edges`, `node`. */
export const selectedAt = (selected: Selected, ...path: readonly string[]): Selected =>
  path.reduce<Selected>((at, name) => at.get(name) ?? new Map(), selected);

/** The paths to all fields that have fields of their own: where these are pointers, they must be followed. */
export const includePaths = (selected: Selected): string[] =>
  [...selected].flatMap(([name, below]) =>
    below.size === 0 ? [] : [name, ...includePaths(below).map((path) => `${name}.${path}`)],
  );
