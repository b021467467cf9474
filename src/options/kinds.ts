import type { ClassTriggers, FileTriggers } from '../operations/triggers/triggers.ts';
import type { ClassSchema } from '../parse/classes/schema.ts';
import type { GraphQLConfig } from '../parse/graphql-config.ts';
import type { ParseRecord } from '../parse/record.ts';
import type { ParseVersion } from '../parse/versions/versions.ts';
import type { Persistence } from '../store/persistence.ts';
import type { Fixtures, FunctionRequest, FunctionResponse, OutboxMail, PasswordHasher } from './adapters.ts';
import type { RequestComplexity } from './complexity.ts';
import type { MailCondition, UserCondition } from './user-conditions.ts';

/** `true` accepts any well-formed authData of the provider; `accessTokens` just these; `mfa` is Parse's TOTP adapter. */
export type AuthProviderOptions =
  | boolean
  | {
      /** Whether the provider is there at all. @default true */
      readonly enabled?: boolean;
      /** The only values of `access_token` that are good; not given: any, or none, as long as there is an `id`. */
      readonly accessTokens?: readonly string[];
    }
  | {
      /** The kinds of a second factor, for the provider `mfa`: `['TOTP', 'SMS']`. */
      readonly options: readonly string[];
      /** How many digits a one-time code has. @default 6 */
      readonly digits?: number;
      /** How long a one-time code holds, in seconds. @default 30 */
      readonly period?: number;
      /** The hash that makes one-time codes. @default 'SHA1' */
      readonly algorithm?: string;
      /** Takes each code that goes out by SMS; it lands in the outbox in any case. */
      readonly sendSMS?: (token: string, mobile: string) => unknown;
    }
  | {
      /** An auth adapter as Parse Server takes it: an object, a class, a function that makes one, or the path of a file that exports one. */
      readonly module: unknown;
      /** Its settings, which it is handed as `options`. */
      readonly [setting: string]: unknown;
    };

/** What a password must be like. Ages are in days, durations in seconds; `maxPasswordHistory` counts the present one. */
export type PasswordPolicy = {
  /** What a password must match; others are refused with error 142. */
  readonly validatorPattern?: string | RegExp;
  /** Returns whether a password is good; beside `validatorPattern` both must be content. */
  readonly validatorCallback?: (password: string) => boolean;
  /** What whoever chose a bad password reads. @default 'Password does not meet the Password Policy requirements.' */
  readonly validationError?: string;
  /** Whether a password that holds the username is refused. @default false */
  readonly doNotAllowUsername?: boolean;
  /** After so many days a password must be reset before its user can log in. Not given: it never grows old. */
  readonly maxPasswordAge?: number;
  /** How many of the last passwords cannot be chosen again, 0 to 20. @default 0 */
  readonly maxPasswordHistory?: number;
  /** How long a link to a new password holds, in seconds. Not given: for ever. */
  readonly resetTokenValidityDuration?: number;
  /** Whether a link that still holds is sent again in place of a new one. It needs `resetTokenValidityDuration`. @default false */
  readonly resetTokenReuseIfValid?: boolean;
  /** Whether a request for a new password succeeds for an address that nobody has. @default true */
  readonly resetPasswordSuccessOnInvalidEmail?: boolean;
};

/** After `threshold` wrong passwords in a row nobody can log in for `duration` minutes. */
export type AccountLockout = {
  /** In minutes, above 0 and up to 99999. */
  readonly duration: number;
  /** From 1 to 999. After the lock a single wrong password locks again, as in Parse Server. */
  readonly threshold: number;
  /** Whether a new password, set by the link in the mail, ends the lock. @default false */
  readonly unlockOnPasswordReset?: boolean;
};

/** The pages behind the links in mails: always redirected to, or kept elsewhere. */
export type PagesOptions = {
  /** Whether links lead on by a redirect (303) in place of showing a page. @default false */
  readonly forceRedirect?: boolean;
  /** Addresses by page: `passwordReset`, `passwordResetSuccess`, `emailVerificationSuccess`, `emailVerificationLinkInvalid` … */
  readonly customUrls?: { readonly [page: string]: string };
  /** Whether the headers that tell a page's parameters are percent-encoded throughout. @default false */
  readonly encodePageParamHeaders?: boolean;
};

/** What requests may not write: a key, a value, or a key with a value. Both are regular expressions, of which a part fits. */
export type RequestKeyword = {
  /** What the name of a member must match; any, if not given. */
  readonly key?: string;
  /** What the value of a member must match, if it is text, or be. */
  readonly value?: string | number | boolean | null;
};

/** Which requests count once only. */
export type IdempotencyOptions = {
  /** Regular expressions of paths below the mount path, matched from their beginning: `classes/Todo`. @default [] */
  readonly paths?: readonly string[];
  /** How long a request id is remembered, in seconds. @default 300 */
  readonly ttl?: number;
};

/** A limit for requests of one client. */
export type RateLimitOptions = {
  /** The path below the mount path, as Express has it: `/login`, `/functions/:name`, `/classes/*path`. */
  readonly requestPath: string;
  /** How many requests are answered within the time. */
  readonly requestCount: number;
  /** How long the time is, in milliseconds, from the first request on. */
  readonly requestTimeWindow: number;
  /** What a client reads beyond the limit. @default 'Too many requests.' */
  readonly errorResponseMessage?: string;
  /** Which methods count: a regular expression, or a list of names. All, if not given. */
  readonly requestMethods?: string | readonly string[];
  /** Whether requests with the master key count, too. @default false */
  readonly includeMasterKey?: boolean;
  /** Whether requests from 127.0.0.1 count, too, and those that come without a network. @default false */
  readonly includeInternalRequests?: boolean;
  /** For whom the limit is one: an address, a session, a user, or all. @default 'ip' */
  readonly zone?: 'ip' | 'session' | 'user' | 'global';
};

/** Which classes are live. */
export type LiveQueryOptions = {
  /** Patterns of whole names: `['Todo', 'Sub.*']`. */
  readonly classNames: readonly string[];
};

/** The LiveQuery server. */
export type LiveQueryServerOptions = {
  /** The keys of which a client must name one; the right `masterKey` among them lets it hear everything. Not given: no key is needed, and none counts. */
  readonly keyPairs?: { readonly [key: string]: string };
};

/** Who may upload files, and of which kinds: patterns of what a name may end in. */
export type FileUploadOptions = {
  /** Whether somebody who is not logged in may. @default false */
  readonly enableForPublic?: boolean;
  /** Whether users without a name may. @default false */
  readonly enableForAnonymousUser?: boolean;
  /** Whether all other users may. @default true */
  readonly enableForAuthenticatedUser?: boolean;
  /** Regular expressions, or `*`. Not given: anything but what a browser would run, such as HTML and SVG. */
  readonly fileExtensions?: readonly string[];
};

/** The classes of the application. `lockSchemas` closes REST `/schemas` to changes. */
export type SchemaOptions = {
  /** The classes. What a definition does not open is closed to clients, and no class takes new fields from them. */
  readonly definitions?: readonly ClassSchema[];
  /** Taken, and without effect: the emulator has no older classes that it could remove. @default false */
  readonly strict?: boolean;
  /** Whether REST `/schemas` refuses changes with error 119. GraphQL changes classes all the same, as in Parse Server. @default false */
  readonly lockSchemas?: boolean;
};

/**
 * A function that clients may call; what it returns is the answer, and what it throws error 141. With a second parameter it answers
 * by that, as in Express.
 */
export type CloudFunction = (request: FunctionRequest, response: FunctionResponse) => unknown;

/**
 * Cloud code: the path of its file, or a function that is handed the caller's own `parse/node` (a `typeof import('parse/node')`), as
 * Parse Server takes them. The SDK is the caller's, and so are its types.
 */
// biome-ignore lint/suspicious/noExplicitAny: an optional package cannot be named here
export type CloudCode = string | ((parse: any) => unknown);

/** What a function that makes the schema is handed, as Parse Server hands it on. The types are those of the package graphql. */
export type SchemaParts = {
  /** The emulator's own schema. */
  // biome-ignore lint/suspicious/noExplicitAny: the package cannot be named here
  readonly autoSchema: any;
  /** The definitions of `@resolve` and `@mock`, as a document. */
  // biome-ignore lint/suspicious/noExplicitAny: the package cannot be named here
  readonly directivesDefinitionsSchema: any;
  /** Carries these directives out in a schema. */
  // biome-ignore lint/suspicious/noExplicitAny: the package cannot be named here
  readonly graphQLSchemaDirectives: (schema: any) => any;
};

/** A `GraphQLSchema`. */
export type CustomSchema = {
  /** Its types by name. */
  getTypeMap(): object;
};

/** What an application adds to the schema: SDL, a `GraphQLSchema`, or a function that makes the schema out of the emulator's own. */
export type TypeDefs = string | CustomSchema | ((parts: SchemaParts) => CustomSchema | Promise<CustomSchema>);

/** A resolver of a field of `typeDefs`. `source` is the object that has the field; `who` asks. */
export type CustomResolver = (
  source: unknown,
  args: { readonly [name: string]: unknown },
  who: {
    /** Whether the request came with the master key. */
    readonly isMaster: boolean;
    /** The user who asks, as it sees itself; absent: nobody is logged in. */
    readonly user?: ParseRecord;
    /** The session that the request came with. */
    readonly sessionToken?: string;
    /**
     * Asks the emulator in the name of the one who asks, and sees what that one may see. Errors are as clients read them; `data` is
     * absent when the document cannot be read.
     */
    ask(
      query: string,
      variables?: { readonly [name: string]: unknown },
    ): Promise<{
      /** The fields that were asked for; `null` when a field that must be there failed. */
      readonly data?: { readonly [field: string]: unknown } | null;
      /** What went wrong. */
      readonly errors?: readonly {
        /** Parse's message. */
        readonly message: string;
        /** Parse's error code stands in `code`. */
        readonly extensions?: { readonly [name: string]: unknown };
      }[];
    }>;
  },
  info: unknown,
) => unknown;

/** Resolvers of the fields of `typeDefs`, by type name and field name. */
export type CustomResolvers = { readonly [typeName: string]: { readonly [fieldName: string]: CustomResolver } };

/** Chance for mocks that comes out the same in every run. It follows from `deterministic`, and from the place of the value. */
export type MockRandom = {
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number;
  /** One of the items. Throws when there are none. */
  pick<Item>(items: readonly Item[]): Item;
  /** A list of this length, or of one between two, both included; each item is what `make` says of its place, else a mock of its type. */
  list<Item>(
    length: number | readonly [least: number, most: number],
    make?: (index: number) => Item,
  ): (Item | undefined)[];
};

/** A mock of a type: for objects their fields, as values or as functions of the field's arguments; for scalars and enums a value. */
export type MockFunction = (random: MockRandom) => unknown;

/** The files that the page at `/playground` is made of, by name; undefined for any other name. */
export type PlaygroundAssets = (name: string) => Promise<PlaygroundAsset | undefined>;

type PlaygroundAsset = {
  /** The file, byte for byte. */
  readonly body: Uint8Array;
  /** Its media type: `text/javascript; charset=utf-8`. */
  readonly contentType: string;
};

/** What stands behind each kind of option in the table. */
export type OptionKinds = {
  text: string;
  address: string;
  path: string;
  size: string;
  count: number;
  seconds: number;
  rounds: number;
  flag: boolean;
  condition: UserCondition;
  mailCondition: MailCondition;
  texts: readonly string[];
  origins: string | readonly string[];
  ips: readonly string[];
  apps: 'any' | readonly string[];
  auth: { readonly [provider: string]: AuthProviderOptions };
  passwordPolicy: PasswordPolicy;
  accountLockout: AccountLockout;
  pages: PagesOptions;
  fileUpload: FileUploadOptions;
  complexity: RequestComplexity;
  keywords: readonly RequestKeyword[];
  idempotency: IdempotencyOptions;
  rateLimit: RateLimitOptions | readonly RateLimitOptions[];
  liveQuery: LiveQueryOptions;
  liveQueryServer: LiveQueryServerOptions;
  schema: SchemaOptions;
  protectedFields: { readonly [className: string]: { readonly [subject: string]: readonly string[] } };
  emailAdapter: false | ((mail: OutboxMail) => void | Promise<void>);
  functions: { readonly [name: string]: CloudFunction };
  cloud: CloudCode;
  triggers: { readonly [className: string]: ClassTriggers };
  fileTriggers: FileTriggers;
  typeDefs: TypeDefs;
  graphQLConfig: GraphQLConfig;
  mocks: { readonly [typeName: string]: MockFunction };
  resolvers: CustomResolvers;
  seed: Fixtures;
  persistence: Persistence;
  passwordHasher: PasswordHasher;
  playgroundAssets: PlaygroundAssets;
  parseVersion: ParseVersion;
};
