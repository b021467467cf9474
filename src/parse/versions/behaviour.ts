/** Defaults of options that are not the same in all versions, by the options' names. */
export type VersionDefaults = {
  readonly enforcePrivateUsers: boolean;
  readonly allowClientClassCreation: boolean;
  readonly emailVerifySuccessOnInvalidEmail: boolean;
  readonly enableSanitizedErrorResponse: boolean;
};

/**
 * What differs from one version of Parse Server to another, by knob. Each knob is read where its rule lives; that code knows
 * the knob, and not which version has it.
 */
export type Behaviour = {
  /** The patch that was asked, as `/serverInfo` tells it. */
  readonly patch: string;
  /** Defaults of options. */
  readonly defaults: VersionDefaults;
  /** The GraphQL server inside of Parse Server: it words what is refused, and reads requests in its own way. */
  readonly graphQLServer: 'apollo2' | 'yoga2' | 'apollo4' | 'apollo5';
  /** What becomes of a request to `/graphql` whose body nobody has read, be it a GET: it has an empty body, or fails. */
  readonly unreadBody: 'isEmpty' | 'isFatal';
  /** Which pages may ask `/graphql`: all, as the package `cors` lets them by itself, or those that may ask REST. */
  readonly graphQLCors: 'open' | 'asRest';
  /** Whether the schema may be asked for: by anybody; outside of production only, and there by the master key; by the master key. */
  readonly introspection: 'open' | 'byNodeEnv' | 'forMasterKey';
  /** The names of types that errors tell those who may not introspect; all also suggest what may have been meant. */
  readonly typeNamesInErrors: 'all' | 'builtInAndWritten' | 'written';
  /** Whether errors that are not translated (`resetPassword`) carry Parse's code in `extensions.exception`. */
  readonly showsExceptions: boolean;
  /** Where a constraint by a protected field is refused: among the names of the constraint itself, or in its branches and in orders, too. */
  readonly protectedFieldsCount: 'atTopLevel' | 'everywhere';
};
