/** What a password must be like, and what wrong ones lead to. */
export const PASSWORDS = {
  /** What a password must be like, and how long reset links hold. */
  passwordPolicy: {
    group: 'passwords',
    kind: 'passwordPolicy',
    text: 'What a password must be like, and how long reset links hold',
  },
  /** When wrong passwords lock an account, and for how many minutes. */
  accountLockout: {
    group: 'passwords',
    kind: 'accountLockout',
    text: 'When wrong passwords lock an account, and for how many minutes',
  },
  /** Whether a change of password ends the sessions. @default true */
  revokeSessionOnPasswordReset: {
    group: 'passwords',
    kind: 'flag',
    default: true,
    text: 'A change of password ends the sessions of the user',
  },
} as const;
