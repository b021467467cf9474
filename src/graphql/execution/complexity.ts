import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** How large an operation is. An alias is a field of its own. */
export type Complexity = { readonly depth: number; readonly fields: number };

/** The most that an operation may have of each; -1: no limit. */
export type ComplexityLimits = Complexity;

const NOTHING: Complexity = { depth: 0, fields: 0 };

/** Counts each fragment once, however often it is spread, since few fragments can stand for billions of fields. */
const createCounter = (document: DocumentNode): ((set: SelectionSetNode | undefined) => Complexity) => {
  const fragments = new Map(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const known = new Map<string, Complexity>();
  const countFragment = (name: string): Complexity => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, NOTHING); // a circle of fragments is refused elsewhere
    const counted = count(fragments.get(name)?.selectionSet);
    known.set(name, counted);
    return counted;
  };
  const countOne = (selection: SelectionSetNode['selections'][number]): Complexity => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return countFragment(selection.name.value);
    const inside = count(selection.selectionSet);
    return selection.kind === Kind.FIELD ? { depth: inside.depth + 1, fields: inside.fields + 1 } : inside;
  };
  const count = (set: SelectionSetNode | undefined): Complexity =>
    (set?.selections ?? [])
      .map(countOne)
      .reduce(
        (sum, { depth, fields }) => ({ depth: Math.max(sum.depth, depth), fields: sum.fields + fields }),
        NOTHING,
      );
  return count;
};

const counted = new WeakMap<OperationDefinitionNode, Complexity>();

/** How large an operation of a document is. */
export const complexityOf = (operation: OperationDefinitionNode, document: DocumentNode): Complexity => {
  const found = counted.get(operation) ?? createCounter(document)(operation.selectionSet);
  counted.set(operation, found);
  return found;
};

/** What is wrong with the size of an operation, in Parse Server's words; undefined: nothing. */
export const tooComplex = ({ depth, fields }: Complexity, limits: ComplexityLimits): string | undefined => {
  if (limits.depth !== -1 && depth > limits.depth) {
    // it looks no deeper than it must
    return `GraphQL query depth of ${limits.depth + 1} exceeds maximum allowed depth of ${limits.depth}`;
  }
  return limits.fields !== -1 && fields > limits.fields
    ? `Number of GraphQL fields (${fields}) exceeds maximum allowed (${limits.fields})`
    : undefined;
};
