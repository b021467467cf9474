/** What a client knows of one user: what was acknowledged, and what it asked for without hearing of the outcome. */
export type Account = {
  readonly username: string;
  objectId?: string;
  sessionToken?: string;
  /** The version that was acknowledged last; 0 before the sign-up was. */
  version: number;
  /** The version that an update on its way would bring. */
  pending?: number;
  /** Whether it was logged out; `asked`: nobody knows. */
  out: 'no' | 'asked' | 'yes';
  /** Whether it was deleted; `asked`: nobody knows. */
  gone: 'no' | 'asked' | 'yes';
};

/** A user and a session as the emulator holds them. */
export type UserRow = {
  readonly objectId: string;
  readonly username: string;
  readonly version: number;
  readonly twin: number;
};
export type SessionRow = { readonly sessionToken: string; readonly user: { readonly objectId: string } };

const userMistake = (account: Account, user: UserRow | undefined): string | undefined => {
  const { username, version, pending, gone } = account;
  if (!user) {
    const mayLack = gone !== 'no' || version === 0;
    return mayLack ? undefined : `${username} was acknowledged, and is not there`;
  }
  if (gone === 'yes') return `${username} was deleted, and is there`;
  if (user.version !== user.twin) return `${username} has one half of an update`;
  if (user.version === version || user.version === pending) return undefined;
  return `${username} has version ${user.version}; ${version} was acknowledged, ${pending} asked for`;
};

const sessionMistake = (
  account: Account,
  user: UserRow | undefined,
  sessions: readonly SessionRow[],
): string | undefined => {
  const { username, sessionToken, out } = account;
  const mine = sessions.filter(({ user: owner }) => owner.objectId === user?.objectId);
  if (!user || out === 'asked') return undefined;
  if (out === 'yes') return mine.length > 0 ? `${username} was logged out, and has a session` : undefined;
  if (mine.length !== 1) return `${username} has ${mine.length} sessions: one half of its sign-up`;
  const isMine = sessionToken === undefined || mine[0]?.sessionToken === sessionToken;
  return isMine ? undefined : `${username} has another session than it was given`;
};

/** What of the emulator's state contradicts what clients were told. */
export const mistakesIn = (
  accounts: readonly Account[],
  users: readonly UserRow[],
  sessions: readonly SessionRow[],
): string[] => {
  const byName = new Map(users.map((user) => [user.username, user]));
  const known = new Set(accounts.map(({ username }) => username));
  // a user's sessions outlive it, as with Parse Server
  const ids = new Set([...users, ...accounts].map(({ objectId }) => objectId));
  return [
    ...accounts.flatMap((account) => {
      const user = byName.get(account.username);
      return userMistake(account, user) ?? sessionMistake(account, user, sessions) ?? [];
    }),
    ...users.filter(({ username }) => !known.has(username)).map(({ username }) => `nobody asked for ${username}`),
    ...sessions
      .filter(({ user }) => !ids.has(user.objectId))
      .map(({ user }) => `a session of nobody: ${user.objectId}`),
  ];
};

/** Goes on from what was found: nothing is on its way any more. */
export const settle = (account: Account, user: UserRow | undefined, sessions: readonly SessionRow[]): void => {
  const mine = sessions.find((session) => session.user.objectId === user?.objectId);
  account.gone = user ? 'no' : 'yes';
  account.version = user?.version ?? 0;
  account.out = mine ? 'no' : 'yes';
  delete account.pending;
  if (user) account.objectId = user.objectId;
  if (mine) account.sessionToken = mine.sessionToken;
};
