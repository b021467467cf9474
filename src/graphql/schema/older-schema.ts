import {
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  type TypeNode,
  visit,
} from 'graphql';
import type { Behaviour } from '../../parse/versions/versions.ts';

type Field = FieldDefinitionNode | InputValueDefinitionNode;
type Change = Behaviour['schema'];

const required = (type: TypeNode): TypeNode =>
  type.kind === Kind.NON_NULL_TYPE ? type : { kind: Kind.NON_NULL_TYPE, type };

const addedTo = (typeName: string, { adds }: Change): readonly InputValueDefinitionNode[] => {
  const lines = adds.filter((line) => line.startsWith(`${typeName}.`)).map((line) => line.slice(typeName.length + 1));
  if (lines.length === 0) return [];
  const [definition] = parse(`input ${typeName} { ${lines.join(' ')} }`, { noLocation: true }).definitions;
  return definition?.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? (definition.fields ?? []) : [];
};

const changeFields = <Node extends Field>(typeName: string, fields: readonly Node[], change: Change): Node[] =>
  fields
    .filter(({ name }) => !change.lacks.includes(`${typeName}.${name.value}`))
    .map((field) =>
      change.requires.includes(`${typeName}.${field.name.value}`) ? { ...field, type: required(field.type) } : field,
    );

/** Whether the schema is as it is today. */
export const isOfToday = ({ lacks, requires, adds }: Change): boolean =>
  lacks.length + requires.length + adds.length === 0;

/** The definitions as an older version has them: without what came later, by coordinates such as `LogInInput.authData`. */
export const toOlderSchema = (definitions: DocumentNode, change: Change): DocumentNode =>
  visit(definitions, {
    ObjectTypeDefinition: ({ name: { value }, fields = [], ...node }) =>
      change.lacks.includes(value)
        ? null
        : { ...node, name: { kind: Kind.NAME, value }, fields: changeFields(value, fields, change) },
    InputObjectTypeDefinition: ({ name: { value }, fields = [], ...node }) =>
      change.lacks.includes(value)
        ? null
        : {
            ...node,
            name: { kind: Kind.NAME, value },
            fields: [...changeFields(value, fields, change), ...addedTo(value, change)],
          },
  });

/** The resolvers of fields that the version has. */
export const toOlderResolvers = <Resolvers extends { readonly [type: string]: unknown }>(
  resolvers: Resolvers,
  { lacks }: Change,
): Resolvers => {
  const changed = Object.entries(resolvers).map(([type, fields]) => {
    const gone = lacks.filter((coordinate) => coordinate.startsWith(`${type}.`));
    if (gone.length === 0) return [type, fields];
    return [
      type,
      Object.fromEntries(Object.entries(Object(fields)).filter(([name]) => !gone.includes(`${type}.${name}`))),
    ];
  });
  return Object.fromEntries(changed);
};
