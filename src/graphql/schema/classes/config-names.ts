import { UserError } from '../../../parse/user-error.ts';

const refuse = (reason: string, className: string): never => {
  throw new UserError(`Failed to show the class ${className} in GraphQL: graphQLConfig: ${reason}`);
};

/** A name that the configuration of the schema gives, or that follows from it. Throws for one that GraphQL cannot have. */
export const configuredName = (name: string, className: string): string =>
  /^[_a-zA-Z]\w*$/.test(name) ? name : refuse(`"${name}" is not a name in GraphQL`, className);

/** The values of an enum. Throws when there are none. */
export const configuredValues = (values: readonly string[], className: string): readonly string[] =>
  values.length > 0 ? [...new Set(values)] : refuse('sortFields leave nothing to sort by', className);
