import { CLASSES } from './groups/classes.ts';
import { EMULATOR } from './groups/emulator.ts';
import { KEYS } from './groups/keys.ts';
import { LIVE } from './groups/live.ts';
import { MAIL } from './groups/mail.ts';
import { PASSWORDS } from './groups/passwords.ts';
import { SERVER } from './groups/server.ts';
import { SESSIONS } from './groups/sessions.ts';
import { USERS } from './groups/users.ts';
import type { OptionKinds } from './kinds.ts';

export type { RequestComplexity } from './complexity.ts';
export type {
  AccountLockout,
  AuthProviderOptions,
  CloudCode,
  CloudFunction,
  CustomResolver,
  CustomResolvers,
  CustomSchema,
  FileUploadOptions,
  IdempotencyOptions,
  LiveQueryOptions,
  LiveQueryServerOptions,
  MockFunction,
  MockRandom,
  PagesOptions,
  PasswordPolicy,
  PlaygroundAssets,
  RateLimitOptions,
  RequestKeyword,
  SchemaOptions,
  SchemaParts,
  TypeDefs,
} from './kinds.ts';
export type { MailCondition, UserCondition, UserConditionRequest, UserOfRequest } from './user-conditions.ts';

/** What kind of value an option takes. */
export type OptionKind = keyof OptionKinds;

/** Where an option stands in `--help` and in docs/options.md. */
export type OptionGroup = 'keys' | 'server' | 'users' | 'mail' | 'passwords' | 'sessions' | 'classes' | 'emulator';

/** One row of the table of options. */
export type OptionRow = {
  /** Where it stands. */
  readonly group: OptionGroup;
  /** What value it takes. */
  readonly kind: OptionKind;
  /** One sentence, for `--help`, docs/options.md and the editor. */
  readonly text: string;
  /** What holds when the option is not given; absent: nothing is set. */
  readonly default?: string | number | boolean | readonly string[];
};

type Table = typeof KEYS &
  typeof SERVER &
  typeof USERS &
  typeof MAIL &
  typeof PASSWORDS &
  typeof SESSIONS &
  typeof CLASSES &
  typeof LIVE &
  typeof EMULATOR;

/**
 * Every option, once: its type, the flag (the name in kebab-case), the row of docs/options.md and the check of a config come from here.
 * Names and defaults are Parse Server's; the last group is the emulator's own.
 */
export const OPTIONS: Table = {
  ...KEYS,
  ...SERVER,
  ...USERS,
  ...MAIL,
  ...PASSWORDS,
  ...SESSIONS,
  ...CLASSES,
  ...LIVE,
  ...EMULATOR,
};

OPTIONS satisfies { readonly [name: string]: OptionRow };

/** The name of an option. */
export type OptionName = keyof typeof OPTIONS;

/**
 * What `createEmulator` takes: every option may be left out, or undefined.
 * @interface
 */
export type EmulatorOptions = {
  readonly [Name in keyof typeof OPTIONS]?: OptionKinds[(typeof OPTIONS)[Name]['kind']] | undefined;
};

/** The options with their defaults filled in. */
export type Options = {
  readonly [Name in OptionName]: (typeof OPTIONS)[Name] extends { default: unknown }
    ? OptionKinds[(typeof OPTIONS)[Name]['kind']]
    : OptionKinds[(typeof OPTIONS)[Name]['kind']] | undefined;
};
