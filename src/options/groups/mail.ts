/** The mail that verifies an address, and the pages behind its links. */
export const MAIL = {
  /** Whether addresses are verified by mail, for all users or for those of whom a function says `true`. @default false */
  verifyUserEmails: { group: 'mail', kind: 'condition', default: false, text: 'Verify addresses by mail' },
  /** Whether a user must verify its address before logging in. @default false */
  preventLoginWithUnverifiedEmail: {
    group: 'mail',
    kind: 'condition',
    default: false,
    text: 'Refuse log-in until the address is verified; a sign-up opens no session',
  },
  /** Whether a sign-up is refused until the address is verified, beside preventLoginWithUnverifiedEmail. @default false */
  preventSignupWithUnverifiedEmail: {
    group: 'mail',
    kind: 'flag',
    default: false,
    text: 'Refuse sign-up as well, once the mail is sent',
  },
  /** Whether the verification mail is sent. @default true */
  sendUserEmailVerification: {
    group: 'mail',
    kind: 'mailCondition',
    default: true,
    text: 'Send the mail that verifies an address',
  },
  /** How long a verification link holds, in seconds; for ever if not given. */
  emailVerifyTokenValidityDuration: {
    group: 'mail',
    kind: 'seconds',
    text: 'How long a verification link holds, in seconds; for ever if not given',
  },
  /** Whether a verification link that still holds is sent again in place of a new one. @default false */
  emailVerifyTokenReuseIfValid: {
    group: 'mail',
    kind: 'flag',
    default: false,
    text: 'Send a verification link again while it holds',
  },
  /** Whether a request for a verification mail succeeds for an unknown address. @default true */
  emailVerifySuccessOnInvalidEmail: {
    group: 'mail',
    kind: 'flag',
    default: true,
    text: 'A request for a verification mail never tells whether the address is known',
  },
  /** Where mail goes in place of the outbox; `false`: mail cannot be sent. */
  emailAdapter: { group: 'mail', kind: 'emailAdapter', text: 'A function that sends mail; false: no mail can be sent' },
  /** The pages behind the links in mails. */
  pages: {
    group: 'mail',
    kind: 'pages',
    text: 'The pages behind the links in mails: forceRedirect, customUrls, encodePageParamHeaders',
  },
} as const;
