import type { DocumentNode, GraphQLSchema } from 'graphql';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type { ErrorBody } from './errors.ts';
import { toErrorBody } from './errors.ts';
import { isIntrospection } from './introspection.ts';

/** A query text after parsing and validation: a document that may be executed, or why it may not. */
export type Prepared =
  | { readonly document: DocumentNode; readonly introspects: boolean; readonly errors?: undefined }
  | { readonly document?: undefined; readonly introspects?: undefined; readonly errors: readonly ErrorBody[] };

/** The cache holds so many texts, and no text longer than this: a document takes some thirty times the room of its text. */
const MOST_TEXTS = 500;
const LONGEST_TEXT = 8000;

// graphql 17 refuses an operation of a kind that the schema has not; graphql 16, like Parse Server, when it is executed.
const RULES = specifiedRules.filter(({ name }) => name !== 'KnownOperationTypesRule');

const prepare = (text: string, schema: GraphQLSchema, lean: GraphQLSchema | undefined): Prepared => {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (cause) {
    const error =
      cause instanceof GraphQLError ? cause : new GraphQLError(cause instanceof Error ? cause.message : String(cause));
    return { errors: [toErrorBody(error, 'GRAPHQL_PARSE_FAILED')] };
  }
  const found = validate(schema, document, RULES);
  const errors = found.length > 0 && lean ? validate(lean, document, RULES) : found;
  return errors.length > 0
    ? { errors: errors.map((error) => toErrorBody(error, 'GRAPHQL_VALIDATION_FAILED')) }
    : { document, introspects: isIntrospection(text, document) };
};

/**
 * Parses and validates each distinct query text once for each schema: that is nearly the whole cost of a small query. The
 * texts that were used longest ago leave first.
 */
export const createDocuments = (
  getSchema: () => GraphQLSchema,
  getLeanSchema: () => GraphQLSchema | undefined,
): ((text: string) => Prepared) => {
  const known = new Map<string, Prepared>();
  let schema: GraphQLSchema | undefined;
  return (text) => {
    const present = getSchema();
    if (present !== schema) {
      known.clear();
      schema = present;
    }
    const found = known.get(text);
    if (found) {
      known.delete(text);
      known.set(text, found);
      return found;
    }
    const lean = getLeanSchema();
    const prepared = prepare(text, present, lean);
    if (lean && !prepared.document) return prepared; // its errors will be others when the lean schema is no more
    if (text.length <= LONGEST_TEXT) known.set(text, prepared);
    if (known.size > MOST_TEXTS) known.delete(known.keys().next().value ?? '');
    return prepared;
  };
};
