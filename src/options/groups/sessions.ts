/** How long a session lives. */
export const SESSIONS = {
  /** How long a session lives, in seconds. @default 31536000 */
  sessionLength: {
    group: 'sessions',
    kind: 'seconds',
    default: 31536000,
    text: 'How long a session lives, in seconds',
  },
  /** Whether sessions expire. @default true */
  expireInactiveSessions: { group: 'sessions', kind: 'flag', default: true, text: 'Sessions expire' },
  /** Whether the use of a session prolongs it. @default false */
  extendSessionOnUse: { group: 'sessions', kind: 'flag', default: false, text: 'The use of a session prolongs it' },
} as const;
