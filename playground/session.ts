/** A session that an answer told of. */
export type Session = { readonly sessionToken: string; readonly username: string | undefined };

const usernameOf = (viewer: object): string | undefined => {
  const user: unknown = 'user' in viewer ? viewer.user : undefined;
  const isNamed = typeof user === 'object' && user !== null && 'username' in user;
  return isNamed && typeof user.username === 'string' ? user.username : undefined;
};

/** The first session token anywhere in an answer: of signUp, logIn or viewer, whatever alias it has. */
export const findSession = (answer: unknown): Session | undefined => {
  if (typeof answer !== 'object' || answer === null) return undefined;
  if ('sessionToken' in answer && typeof answer.sessionToken === 'string') {
    return { sessionToken: answer.sessionToken, username: usernameOf(answer) };
  }
  for (const part of Object.values(answer)) {
    const session = findSession(part);
    if (session) return session;
  }
  return undefined;
};
