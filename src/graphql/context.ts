import type { Context } from '../operations/context.ts';
import type { RootFieldHook } from './schema/root-field-hook.ts';

/**
 * What the resolvers of one document share. `logIn` and `signUp` put their own session and user in place, so that the later
 * mutations of the document are done with them.
 */
export type GraphQLContext = {
  context: Context;
  /** Those of the request, for functions of the application. */
  headers?: { readonly [name: string]: string | undefined };
  /** Whoever steps in before the root fields of this document. */
  rootFieldHook?: RootFieldHook;
};
