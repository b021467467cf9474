import type { DocumentNode, SelectionSetNode, ValidationRule } from 'graphql';
import { GraphQLError, Kind } from 'graphql';

const asksForType = ({ selections }: SelectionSetNode): boolean =>
  selections.some((selection) => {
    if (selection.kind === Kind.FIELD && selection.name.value === '__type' && selection.arguments?.length) return true;
    return (
      selection.kind !== Kind.FRAGMENT_SPREAD &&
      selection.selectionSet !== undefined &&
      asksForType(selection.selectionSet)
    );
  });

/**
 * Whether a document asks for the schema, or for a type of it. As in Parse Server the word `__schema` counts wherever it
 * stands, even in a comment, while `__type` counts as a field only.
 */
export const introspectionIn = (text: string, document: DocumentNode): 'schema' | 'type' | undefined => {
  if (text.includes('__schema')) return 'schema';
  if (!text.includes('__type')) return undefined;
  const asks = document.definitions.some(
    (definition) => 'selectionSet' in definition && asksForType(definition.selectionSet),
  );
  return asks ? 'type' : undefined;
};

const CLOSED =
  'GraphQL introspection is not allowed by Apollo Server, but the query contained __schema or __type. To enable introspection, ' +
  'pass introspection: true to ApolloServer in production';

/** Apollo Server's own rule, for servers that leave it to `NODE_ENV`: nobody asks for the schema. */
export const noIntrospection: ValidationRule = (context) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return;
    const extensions = { validationErrorCode: 'INTROSPECTION_DISABLED' };
    context.reportError(new GraphQLError(CLOSED, { nodes: [node], extensions }));
  },
});

type Censorship = {
  readonly pattern: RegExp;
  /** The message when no type in it may be named. `$1` and so on are the groups of the pattern. */
  readonly hidden: string;
};

/** The messages of graphql-js that name a type. The name is the group called `type`. */
const TYPE_MESSAGES: readonly Censorship[] = [
  {
    pattern: /Expected (a )?value of (?:non-null )?type "(?<type>[\w[\]!]+)"/g,
    hidden: 'Expected $1value of the correct type',
  },
  { pattern: /Expected type "(?<type>[\w[\]!]+)" to be an object\./g, hidden: 'Expected an object.' },
  {
    pattern: /Expected non-nullable type "(?<type>[\w[\]!]+)" not to be null\./g,
    hidden: 'Expected a non-null value.',
  },
  { pattern: / is not defined by type "(?<type>[\w[\]!]+)"\./g, hidden: ' is not defined.' },
  {
    pattern: / used in position expecting type "(?<type>[\w[\]!]+)"\./g,
    hidden: ' used in position expecting a different type.',
  },
  { pattern: /Cannot query field ("[\w.]*") on type "(?<type>[\w[\]!]+)"\./g, hidden: 'Cannot query field $1.' },
  {
    pattern: /Field ("[\w.]*") of type "(?<type>[\w[\]!]+)" must have a selection of subfields\./g,
    hidden: 'Field $1 must have a selection of subfields.',
  },
];

// graphql 16 suggests at the end of a message, graphql 17 before what it found.
const SUGGESTION = 'Did you mean ';
const SUGGESTION_END = /\?(?=$| Found:)/;
const REQUIRED_FIELD = /Field "[\w.]*" of required type "[\w[\]!]*" was not provided\./g;
const REQUIRED_FIELD_17 = / to include required field "[\w.]*"/g;
const TYPES_APART = /objects of type "(\w+)" can never be of type "(\w+)"\./g;

const withoutSuggestion = (message: string): string => {
  const start = message.indexOf(SUGGESTION);
  const length = start === -1 ? -1 : message.slice(start).search(SUGGESTION_END);
  if (length === -1) return message;
  return message.slice(0, message[start - 1] === ' ' ? start - 1 : start) + message.slice(start + length + 1);
};

/** Messages that name a type as well, which only some versions know. */
const FURTHER_MESSAGES: readonly Censorship[] = [
  {
    pattern: /Unknown argument ("[^"]*") on field "(?<type>[^".]+)\.([^".]+)"\./g,
    hidden: 'Unknown argument $1 on field "$3".',
  },
  {
    pattern: /Value ("[^"]*") does not exist in "(?<type>[^"]+)" enum\./g,
    hidden: 'Value $1 does not exist in the enum.',
  },
  { pattern: /Enum "(?<type>[^"]+)" cannot represent /g, hidden: 'Enum cannot represent ' },
];

/** Types that every Parse Server has, and that no class can be called: their names tell nothing of an application. */
const BUILT_IN: readonly string[] = [
  ...[
    'String',
    'Boolean',
    'Int',
    'Float',
    'ID',
    'ArrayResult',
    'Query',
    'Mutation',
    'Subscription',
    'Viewer',
    'PageInfo',
  ],
  ...['CreateFileInput', 'CreateFilePayload', 'CloudCodeFunction', 'CallCloudCodeInput', 'CallCloudCodePayload'],
  ...['SignUpInput', 'SignUpPayload', 'LogInInput', 'LogInPayload', 'LogOutInput', 'LogOutPayload'],
  ...['CreateClassInput', 'CreateClassPayload', 'UpdateClassInput', 'UpdateClassPayload', 'DeleteClassInput'],
  ...['DeleteClassPayload', 'ReadPreference'],
];

/** The names that a client wrote itself; telling it one of them tells it nothing. */
const namesIn = (text: string): ReadonlySet<string> => new Set(text.split(/\W+/));

/**
 * A message without what it tells about the schema, for those who may not introspect: suggestions, the names of required
 * fields, and the names of types that `text`, the client's document, does not hold. `sparesBuiltIn`: types that every Parse
 * Server has are named, and in further messages all others are not.
 */
export const censor = (message: string, text: string, sparesBuiltIn = false): string => {
  const names = sparesBuiltIn ? new Set([...namesIn(text), ...BUILT_IN]) : namesIn(text);
  const isOwn = (type: string): boolean => names.has(type.replace(/[[\]!]/g, ''));
  let censored = withoutSuggestion(message)
    .replace(REQUIRED_FIELD, 'Field of required type was not provided.')
    .replace(REQUIRED_FIELD_17, ' to include a required field');
  const patterns = sparesBuiltIn ? [...TYPE_MESSAGES, ...FURTHER_MESSAGES] : TYPE_MESSAGES;
  for (const { pattern, hidden } of patterns) {
    censored = censored.replace(pattern, (whole, ...groups) => {
      const { type } = groups.at(-1) as { type: string };
      return isOwn(type)
        ? whole
        : hidden.replace(/\$(\d)/g, (_, place: string) => String(groups[Number(place) - 1] ?? ''));
    });
  }
  return censored.replace(TYPES_APART, (_whole, parent: string, fragment: string) => {
    const first = isOwn(parent) ? `type "${parent}"` : 'the parent type';
    const second = isOwn(fragment) ? `type "${fragment}"` : 'the given type';
    return `objects of ${first} can never be of ${second}.`;
  });
};
