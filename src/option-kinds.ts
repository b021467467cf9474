import type { OutboxMail } from './operations/mail.ts';
import type { PasswordHasher } from './operations/passwords.ts';
import type { ClassSchema } from './parse/class-schema.ts';
import type { ParseRecord } from './parse/record.ts';
import type { Persistence } from './store/persistence.ts';

/** `true` accepts any well-formed authData of the provider; `accessTokens` just these; `mfa` is Parse's TOTP adapter. */
export type AuthProviderOptions =
  | boolean
  | { readonly enabled?: boolean; readonly accessTokens?: readonly string[] }
  | {
      readonly options: readonly string[];
      readonly digits?: number;
      readonly period?: number;
      readonly algorithm?: string;
    };

/** What a password must be like. Ages are in days, durations in seconds; `maxPasswordHistory` counts the present one. */
export type PasswordPolicy = {
  readonly validatorPattern?: string | RegExp;
  readonly validatorCallback?: (password: string) => boolean;
  readonly validationError?: string;
  readonly doNotAllowUsername?: boolean;
  readonly maxPasswordAge?: number;
  readonly maxPasswordHistory?: number;
  readonly resetTokenValidityDuration?: number;
  readonly resetTokenReuseIfValid?: boolean;
  readonly resetPasswordSuccessOnInvalidEmail?: boolean;
};

/** After `threshold` wrong passwords in a row nobody can log in for `duration` minutes. */
export type AccountLockout = {
  readonly duration: number;
  readonly threshold: number;
  readonly unlockOnPasswordReset?: boolean;
};

/** The pages behind the links in mails: always redirected to, or kept elsewhere. */
export type PagesOptions = {
  readonly forceRedirect?: boolean;
  readonly customUrls?: { readonly [page: string]: string };
};

/** Who may upload files, and of which kinds: patterns of what a name may end in. */
export type FileUploadOptions = {
  readonly enableForPublic?: boolean;
  readonly enableForAnonymousUser?: boolean;
  readonly enableForAuthenticatedUser?: boolean;
  readonly fileExtensions?: readonly string[];
};

/** The classes of the application. `lockSchemas` closes REST `/schemas` to changes. */
export type SchemaOptions = {
  readonly definitions?: readonly ClassSchema[];
  readonly strict?: boolean;
  readonly lockSchemas?: boolean;
};

/** A function that clients may call; what it returns is the answer, and what it throws error 141. */
export type CloudFunction = (request: {
  readonly params: { readonly [name: string]: unknown };
  readonly user?: ParseRecord;
  readonly master: boolean;
  readonly headers: { readonly [name: string]: string | undefined };
}) => unknown;

/** A resolver of a field of `typeDefs`. `source` is the object that has the field; `who` asks. */
export type CustomResolver = (
  source: unknown,
  args: { readonly [name: string]: unknown },
  who: { readonly isMaster: boolean; readonly user?: ParseRecord; readonly sessionToken?: string },
  info: unknown,
) => unknown;

/** Resolvers of the fields of `typeDefs`, by type name and field name. */
export type CustomResolvers = { readonly [typeName: string]: { readonly [fieldName: string]: CustomResolver } };

/** The files that the page at `/playground` is made of, by name; undefined for a name that is none of them. */
export type PlaygroundAssets = (
  name: string,
) => Promise<{ readonly body: Uint8Array; readonly contentType: string } | undefined>;

/** What stands behind each kind of option in the table. */
export type OptionKinds = {
  text: string;
  address: string;
  size: string;
  count: number;
  seconds: number;
  rounds: number;
  flag: boolean;
  texts: readonly string[];
  origins: string | readonly string[];
  apps: 'any' | readonly string[];
  auth: { readonly [provider: string]: AuthProviderOptions };
  passwordPolicy: PasswordPolicy;
  accountLockout: AccountLockout;
  pages: PagesOptions;
  fileUpload: FileUploadOptions;
  schema: SchemaOptions;
  protectedFields: { readonly [className: string]: { readonly [subject: string]: readonly string[] } };
  emailAdapter: false | ((mail: OutboxMail) => void | Promise<void>);
  functions: { readonly [name: string]: CloudFunction };
  typeDefs: string;
  mocks: { readonly [typeName: string]: () => unknown };
  resolvers: CustomResolvers;
  persistence: Persistence;
  passwordHasher: PasswordHasher;
  playgroundAssets: PlaygroundAssets;
};
