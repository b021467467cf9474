/** Who the users are, and who may see them. */
export const USERS = {
  /** Whether only the user itself and the master key may read a user. @default true */
  enforcePrivateUsers: {
    group: 'users',
    kind: 'flag',
    default: true,
    text: 'New users can be read by themselves alone',
  },
  /**
   * Fields that are hidden, by class name and by who asks: `*`, `authenticated`, `role:Name`, `userField:owner`, an object id.
   * @default { _User: { '*': ['email'] } }
   */
  protectedFields: {
    group: 'users',
    kind: 'protectedFields',
    text: 'Fields that are hidden, by class and by who asks',
  },
  /** Whether a user sees its own protected fields. @default true */
  protectedFieldsOwnerExempt: {
    group: 'users',
    kind: 'flag',
    default: true,
    text: 'Users see their own protected fields',
  },
  /** Whether the answer to a create or an update shows protected fields that it names. @default true */
  protectedFieldsSaveResponseExempt: {
    group: 'users',
    kind: 'flag',
    default: true,
    text: 'The answer to a create or an update shows protected fields',
  },
  /** Fields of users that nobody but themselves and the master key sees, beside those of protectedFields. */
  userSensitiveFields: {
    group: 'users',
    kind: 'texts',
    text: 'Fields of users that only they themselves see, beside protectedFields',
  },
  /** Whether addresses are kept and looked for in small letters. @default false */
  convertEmailToLowercase: {
    group: 'users',
    kind: 'flag',
    default: false,
    text: 'Addresses are kept and looked for in small letters',
  },
  /** Whether usernames are kept and looked for in small letters. @default false */
  convertUsernameToLowercase: {
    group: 'users',
    kind: 'flag',
    default: false,
    text: 'Usernames are kept and looked for in small letters',
  },
  /** Whether clients may make users without a name. @default true */
  enableAnonymousUsers: { group: 'users', kind: 'flag', default: true, text: 'Clients may make users without a name' },
  /** Third-party log-in, by provider: `{ google: true }`. No provider is asked for real. */
  auth: { group: 'users', kind: 'auth', text: 'Third-party log-in, by provider: true, or { "accessTokens": [...] }' },
  /** Taken, and without effect: since version 9 Parse Server asks the provider at every log-in. @default false */
  allowExpiredAuthDataToken: {
    group: 'users',
    kind: 'flag',
    default: false,
    text: 'No effect: Parse Server 9 asks the provider at every log-in, whatever this says',
  },
} as const;
