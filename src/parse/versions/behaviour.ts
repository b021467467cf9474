/** Defaults of options that are not the same in all versions, by the options' names. */
export type VersionDefaults = {
  readonly enforcePrivateUsers: boolean;
  readonly allowClientClassCreation: boolean;
  readonly emailVerifySuccessOnInvalidEmail: boolean;
  readonly enableSanitizedErrorResponse: boolean;
  readonly allowExpiredAuthDataToken: boolean;
  readonly masterKeyIps: readonly string[];
};

/**
 * What differs from one version of Parse Server to another, by knob. Each knob is read where its rule lives; that code knows
 * the knob, and not which version has it.
 */
export type Behaviour = {
  /** The patch that was asked, as `/serverInfo` tells it. */
  readonly patch: string;
  /** What of its errors is not as it is today, by what happened: a reason, or a number or code of an error. Read after "8.6 has". */
  readonly ownAnswers: { readonly [reason: string]: string };
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
  /** How a provider that the application does not know is refused. */
  readonly unknownProvider: 'asFailure' | 'asTypeError' | 'asUnsupported';
  /** When authData is taken at all: each provider has an id; some has one; some has anything in it. */
  readonly takesAuthData: 'eachWithId' | 'someWithId' | 'someWithFields';
  /** Whether authData that names no provider makes a user without a name. */
  readonly emptyAuthDataMakesUsers: boolean;
  /** Whether a log-in by a password takes authData along. */
  readonly logInTakesAuthData: boolean;
  /** Whether the answer to a log-in shows the user as it was before authData of it was stored. */
  readonly logInShowsOldAuthData: boolean;
  /** What becomes of an identity of somebody else that comes with a log-in: both have it; 137 when it is stored; 208 at once. */
  readonly identityOfAnother: 'isShared' | 'isDuplicate' | 'isRefused';
  /** Whether a provider looks at authData which the user has already: never; unless `allowExpiredAuthDataToken`; always. */
  readonly knownAuthDataIsChecked: 'never' | 'unlessExpiredIsAllowed' | 'always';
  /** Whether answers carry what providers want the client to be told. */
  readonly tellsAuthDataResponse: boolean;
  /** Whether `/users/me` says `__type` and `className` of the user. */
  readonly meIsTyped: boolean;
  /** Whether sessions have the field `restricted`, which is always false. */
  readonly hasRestrictedSessions: boolean;
  /** Routes of REST that are not there yet: `POST /loginAs`. */
  readonly absentRoutes: readonly string[];
  /** Whether a batch stumbles over a GET of objects that brings no body. */
  readonly batchedGetsNeedBodies: boolean;
  /** What a `where` of REST that is not JSON gets: 500, or 107. */
  readonly badWhere: 'isFailure' | 'isRefused';
  /** What the right master key does from an address that is not among `masterKeyIps`: it is passed over, or refused with 403. */
  readonly masterKeyFromElsewhere: 'isIgnored' | 'isRefused';
  /** Who may upload files, and which, unless `fileUpload` says so. */
  readonly uploads: { readonly isPublic: boolean; readonly refused: 'nothing' | 'html' | 'runnable' };
  /**
   * In what the GraphQL schema is not that of today, by coordinates: types and fields that it lacks (`LogInInput.authData`), inputs
   * that it requires, and fields that it has more, with their types.
   */
  readonly schema: {
    readonly lacks: readonly string[];
    readonly requires: readonly string[];
    readonly adds: readonly string[];
  };
  /** What stands behind the links in mails: redirects to files, by links that name the user; redirects; or pages. */
  readonly mailLinks: 'leadByUsername' | 'lead' | 'showPages';
  /** What a verification link does where addresses are not verified at all: the request goes on to REST, or the link is not good. */
  readonly verifiesWithoutBeingAsked: 'goesOn' | 'isInvalid';
  /** Whether a new password by `confirmResetPassword` takes the name of the user. */
  readonly resetsByUsername: boolean;
  /** Where a constraint by a protected field is refused: among the names of the constraint itself, or in its branches and in orders, too. */
  readonly protectedFieldsCount: 'atTopLevel' | 'everywhere';
};
