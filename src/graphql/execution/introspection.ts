import type { DocumentNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';

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
 * Whether a document asks for the schema. As in Parse Server the word `__schema` counts wherever it stands, even in a
 * comment, while `__type` counts as a field only.
 */
export const isIntrospection = (text: string, document: DocumentNode): boolean => {
  if (text.includes('__schema')) return true;
  if (!text.includes('__type')) return false;
  return document.definitions.some(
    (definition) => 'selectionSet' in definition && asksForType(definition.selectionSet),
  );
};

type Censorship = {
  readonly pattern: RegExp;
  /** The sentence when no type in it may be named. `$1` and so on are the groups of the pattern. */
  readonly hidden: string;
};

/** The sentences of graphql-js that name a type. The name is the group called `type`. */
const TYPE_SENTENCES: readonly Censorship[] = [
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

// graphql 16 suggests at the end of a sentence, graphql 17 before what it found.
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

/** The names that a client wrote itself; telling it one of them tells it nothing. */
const namesIn = (text: string): ReadonlySet<string> => new Set(text.split(/\W+/));

/**
 * A message without what it tells about the schema, for those who may not introspect: suggestions, the names of required
 * fields, and the names of types that `text`, the client's document, does not hold.
 */
export const censor = (message: string, text: string): string => {
  const names = namesIn(text);
  const isOwn = (type: string): boolean => names.has(type.replace(/[[\]!]/g, ''));
  let censored = withoutSuggestion(message)
    .replace(REQUIRED_FIELD, 'Field of required type was not provided.')
    .replace(REQUIRED_FIELD_17, ' to include a required field');
  for (const { pattern, hidden } of TYPE_SENTENCES) {
    censored = censored.replace(pattern, (whole, ...groups) => {
      const { type } = groups.at(-1) as { type: string };
      return isOwn(type) ? whole : hidden.replace('$1', () => String(groups[0] ?? ''));
    });
  }
  return censored.replace(TYPES_APART, (_whole, parent: string, fragment: string) => {
    const first = isOwn(parent) ? `type "${parent}"` : 'the parent type';
    const second = isOwn(fragment) ? `type "${fragment}"` : 'the given type';
    return `objects of ${first} can never be of ${second}.`;
  });
};
