import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type OperationDefinitionNode,
  parse,
  print,
  visit,
} from 'graphql';
import { isObject } from '../../../parse/record.ts';
import { UserError } from '../../../parse/user-error.ts';
import { gql, type Step } from './steps.ts';

/** A file with GraphQL in it. */
export type DocumentFile = { readonly path: string; readonly text: string };

const parseFile = ({ path, text }: DocumentFile): DocumentNode => {
  try {
    return parse(text);
  } catch (error) {
    const [place] = error instanceof GraphQLError ? (error.locations ?? []) : [];
    const where = place ? `line ${place.line}, column ${place.column}: ` : '';
    throw new UserError(`Failed to read ${path}: ${where}${error instanceof Error ? error.message : String(error)}`);
  }
};

const spreadsIn = (node: OperationDefinitionNode | FragmentDefinitionNode): string[] => {
  const names: string[] = [];
  visit(node, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
};

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fragments that an operation takes, and those that these take, each once. */
const fragmentsOf = (operation: OperationDefinitionNode, fragments: Fragments): FragmentDefinitionNode[] => {
  const found = new Map<string, FragmentDefinitionNode>();
  const add = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    for (const name of spreadsIn(node)) {
      const fragment = fragments.get(name);
      if (!fragment || found.has(name)) continue;
      found.set(name, fragment);
      add(fragment);
    }
  };
  add(operation);
  return [...found.values()];
};

const toStep = (path: string, operation: OperationDefinitionNode, fragments: Fragments, variables: unknown): Step => {
  const name = operation.name?.value ?? 'a document without a name';
  const text = [operation, ...fragmentsOf(operation, fragments)].map(print).join('\n\n');
  const given = isObject(variables) && operation.name ? variables[name] : undefined;
  const writes = operation.operation !== 'query';
  return gql(`${path}: ${name}`, 'ann', text, isObject(given) ? given : {}, { writes });
};

/**
 * A step for each operation of the application's documents, which may share fragments across files. `variables` are by the names of operations.
 * Throws with the place where a file stops being GraphQL.
 */
export const stepsOfDocuments = (files: readonly DocumentFile[], variables: unknown = {}): readonly Step[] => {
  const parsed = files.map((file) => ({ path: file.path, definitions: parseFile(file).definitions }));
  const fragments = new Map(
    parsed.flatMap(({ definitions }) =>
      definitions.flatMap((one) => (one.kind === 'FragmentDefinition' ? [[one.name.value, one] as const] : [])),
    ),
  );
  return parsed.flatMap(({ path, definitions }) =>
    definitions.flatMap((one) => (one.kind === 'OperationDefinition' ? [toStep(path, one, fragments, variables)] : [])),
  );
};

/** Whether a text of GraphQL only reads; what is none does, too, since nothing comes of it. */
export const onlyReads = (query: string): boolean => {
  try {
    return parse(query).definitions.every((one) => one.kind !== 'OperationDefinition' || one.operation === 'query');
  } catch {
    return true;
  }
};
