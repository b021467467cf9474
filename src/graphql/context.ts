import type { Context } from '../operations/context.ts';

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

/** A call of a root field. */
export type RootFieldCall = {
  /** The field's own name, whatever alias the document gives it. */
  readonly field: string;
  /** The arguments, as the document and its variables have them: `args.input` for a mutation. */
  readonly args: { readonly [name: string]: unknown };
  /** Asks the emulator, as if nobody had stepped in. */
  readonly proceed: () => unknown;
};

/** Stands between a document and the root fields that it asks for. What it answers is what the field answers. */
export type RootFieldHook = (call: RootFieldCall, who: GraphQLContext) => unknown;
