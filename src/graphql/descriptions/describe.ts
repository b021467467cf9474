import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import type { GraphQLClass } from '../graphql-class.ts';
import { APPLICATION_TEXTS, RIGHTS_TEXTS, USER_TEXTS } from './application.ts';
import { classTexts, logInWithTexts } from './classes.ts';
import type { Descriptions } from './descriptions.ts';
import { mutationTypeTexts } from './mutations.ts';
import { VALUE_TEXTS } from './values.ts';

type Described = { description?: string | null | undefined };

const BASE: Descriptions = { ...VALUE_TEXTS, ...RIGHTS_TEXTS, ...USER_TEXTS, ...APPLICATION_TEXTS };

const applicationMutations = (): Descriptions =>
  Object.fromEntries(
    Object.keys(BASE).flatMap((coordinate) => {
      const [, mutation] = /^Mutation\.(\w+)$/.exec(coordinate) ?? [];
      return mutation === undefined
        ? []
        : mutationTypeTexts(mutation, mutation.charAt(0).toUpperCase() + mutation.slice(1));
    }),
  );

const textsOf = (classes: readonly GraphQLClass[]): Descriptions => {
  const users = classes.find(({ className }) => className === '_User');
  return Object.assign({}, BASE, applicationMutations(), logInWithTexts(users), ...classes.map(classTexts));
};

/** Puts a text to every type, field and argument that has none, and of which there is one. */
const describe = (schema: GraphQLSchema, texts: Descriptions): void => {
  const put = (described: Described, coordinate: string): void => {
    described.description ??= texts[coordinate];
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    put(type, type.name);
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) put(field, `${type.name}.${field.name}`);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        put(field, `${type.name}.${field.name}`);
        for (const argument of field.args) put(argument, `${type.name}.${field.name}(${argument.name})`);
      }
    }
  }
};

/** Describes a schema of these classes: it belongs to the making of one. Descriptions of the application's own stay as they are. */
export const describeSchema = (schema: GraphQLSchema, classes: readonly GraphQLClass[]): void =>
  describe(schema, textsOf(classes));
