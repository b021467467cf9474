import { type GraphQLSchema, Kind, parse, type SelectionSetNode } from 'graphql';
import { didYouMean, nearestName } from '../../parse/did-you-mean.ts';
import { UserError } from '../../parse/user-error.ts';

type Fragments = ReadonlyMap<string, SelectionSetNode>;

const fieldNames = (selectionSet: SelectionSetNode, fragments: Fragments, seen: ReadonlySet<string>): string[] =>
  selectionSet.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldNames(selection.selectionSet, fragments, seen);
    const name = selection.name.value;
    const fragment = fragments.get(name);
    return fragment && !seen.has(name) ? fieldNames(fragment, fragments, new Set([...seen, name])) : [];
  });

type Document = ReturnType<typeof parse>;

const fragmentsOf = (document: Document): Fragments =>
  new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet] as const] : [],
    ),
  );

const tryParse = (text: string): Document | undefined => {
  try {
    return parse(text, { noLocation: true });
  } catch {
    return undefined;
  }
};

/** What an operation of a document is called, and the root fields that it asks for, by their own names. */
export type Operation = { readonly name?: string | undefined; readonly fields: readonly string[] };

/**
 * The operation of this name, or all of the document when it has none of that name. Text that is not GraphQL asks for nothing.
 */
export const readOperation = (text: string, operationName?: string): Operation => {
  const document = tryParse(text);
  if (!document) return { fields: [] };
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const named = operations.filter(({ name }) => name?.value === operationName);
  const meant = named.length > 0 ? named : operations;
  const fragments = fragmentsOf(document);
  return {
    name: meant[0]?.name?.value,
    fields: meant.flatMap((node) => fieldNames(node.selectionSet, fragments, new Set())),
  };
};

/**
 * Whether a document asks for root fields of which the schema has none: it is another server's. Text that is not GraphQL is
 * not foreign, since it must be answered with an error by somebody.
 */
export const isForeignDocument = (text: string, schema: GraphQLSchema): boolean => {
  const document = tryParse(text);
  if (!document) return false;
  const fragments = fragmentsOf(document);
  const names = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? fieldNames(node.selectionSet, fragments, new Set()).map((name) => ({ name, operation: node.operation }))
      : [],
  );
  const isKnown = ({ name, operation }: (typeof names)[number]): boolean =>
    name.startsWith('__') || schema.getRootType(operation)?.getFields()[name] !== undefined;
  return names.length > 0 && !names.some(isKnown);
};

const rootFieldsOf = (schema: GraphQLSchema): string[] =>
  [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.keys(type?.getFields() ?? {}));

/** The root field that a name is nearly that of; undefined for one that is a root field, and for one that is near none. */
export const rootFieldMeant = (name: string, schema: GraphQLSchema): string | undefined => {
  const names = rootFieldsOf(schema);
  return names.includes(name) ? undefined : nearestName(name, names);
};

/** Throws Error for a name that no root field has. */
export const checkRootField = (name: string, schema: GraphQLSchema): void => {
  const names = rootFieldsOf(schema);
  if (!names.includes(name))
    throw new UserError(`Failed to intercept "${name}": there is no such root field.${didYouMean(name, names)}`);
};
