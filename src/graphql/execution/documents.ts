import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type { ErrorBody } from '../errors.ts';
import { toErrorBody } from '../errors.ts';
import { introspectionIn, noIntrospection } from './introspection.ts';

/** A query text after parsing and validation: a document that may be executed, or why it may not. */
export type Prepared =
  | {
      readonly document: DocumentNode;
      /** What the document asks for of the schema, if anything. */
      readonly introspects: 'schema' | 'type' | undefined;
      readonly stage?: undefined;
      readonly errors?: undefined;
    }
  | {
      readonly document?: undefined;
      readonly introspects?: undefined;
      readonly stage: 'syntax' | 'validation';
      readonly errors: readonly ErrorBody[];
    };

/** The cache holds so many texts, and no text longer than this: a document takes some thirty times the room of its text. */
const MOST_TEXTS = 500;
const LONGEST_TEXT = 8000;

// graphql 17 refuses an operation of a kind that the schema has not; graphql 16, like Parse Server, when it is executed.
const RULES = specifiedRules.filter(({ name }) => name !== 'KnownOperationTypesRule');

const syntaxError = (cause: unknown): Prepared => {
  const error =
    cause instanceof GraphQLError ? cause : new GraphQLError(cause instanceof Error ? cause.message : String(cause));
  return { stage: 'syntax', errors: [toErrorBody(error, 'GRAPHQL_PARSE_FAILED')] };
};

const toInvalid = (error: GraphQLError): ErrorBody => {
  const code = error.extensions['validationErrorCode'];
  return toErrorBody(error, 'GRAPHQL_VALIDATION_FAILED', typeof code === 'string' ? { code } : undefined);
};

type FindLean = () => GraphQLSchema | undefined;

const prepare = (
  text: string,
  schema: GraphQLSchema,
  getLeanSchema: FindLean,
  rules: readonly ValidationRule[],
): Prepared => {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (cause) {
    return syntaxError(cause);
  }
  let errors = validate(schema, document, rules);
  const lean = errors.length > 0 ? getLeanSchema() : undefined;
  if (lean) errors = validate(lean, document, rules);
  return errors.length > 0
    ? { stage: 'validation', errors: errors.map(toInvalid) }
    : { document, introspects: introspectionIn(text, document) };
};

type Texts = Map<string, Prepared>;

// Emulators of the same classes have the same schema, and need to read a text only once between them.
type TextsBySchema = WeakMap<GraphQLSchema, Texts>;
const open: TextsBySchema = new WeakMap();
const closed: TextsBySchema = new WeakMap();

const textsOf = (schema: GraphQLSchema, textsBySchema: TextsBySchema): Texts => {
  const texts = textsBySchema.get(schema) ?? new Map();
  textsBySchema.set(schema, texts);
  return texts;
};

const keep = (texts: Texts, text: string, prepared: Prepared): void => {
  texts.delete(text);
  texts.set(text, prepared);
  if (texts.size > MOST_TEXTS) texts.delete(texts.keys().next().value ?? '');
};

/**
 * Parses and validates each distinct query text once for each schema: that is nearly the whole cost of a small query. The
 * texts that were used longest ago leave first, and those that may not be executed are not kept at all. `isClosed`: no document
 * may ask for the schema, whoever sends it.
 */
export const createDocuments = (
  getSchema: () => GraphQLSchema,
  getLeanSchema: FindLean,
  isClosed = false,
): ((text: string) => Prepared) => {
  const rules = isClosed ? [...RULES, noIntrospection] : RULES;
  const textsBySchema = isClosed ? closed : open;
  return (text) => {
    const schema = getSchema();
    const texts = textsOf(schema, textsBySchema);
    const prepared = texts.get(text) ?? prepare(text, schema, getLeanSchema, rules);
    if (prepared.document && text.length <= LONGEST_TEXT) keep(texts, text, prepared);
    return prepared;
  };
};
