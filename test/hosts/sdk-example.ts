import type ParseSdk from 'parse/node';

/** What an example has at hand: the SDK, pointed at a server, and what an application's users do all the time. */
export type Sdk = {
  readonly Parse: typeof ParseSdk;
  /** The letters that the server would have sent. */
  readonly outbox: () => Promise<readonly { readonly link?: string }[]>;
  /** Signs up a user whose password is made from the name. */
  readonly signUp: (username: string) => Promise<ParseSdk.User>;
  readonly logIn: (username: string) => Promise<ParseSdk.User>;
};

/** Examples by their titles. They run in Node and in a browser, against every host. */
export type Examples = { readonly [title: string]: (sdk: Sdk) => Promise<void> };

export const MASTER = { useMasterKey: true };

/** The code that a call is refused with, 0 for one that is not. */
export const codeOf = (promise: Promise<unknown>): Promise<number> =>
  promise.then(
    () => 0,
    (error: ParseSdk.Error) => error.code,
  );

/** Points the SDK at a server, with the master key in hand. */
export const createSdk = (Parse: typeof ParseSdk, serverURL: string, outbox: Sdk['outbox']): Sdk => {
  // The SDK's types for Node leave it out where modules are ESM.
  const { initialize } = Parse as unknown as {
    initialize(appId: string, javascriptKey?: string, masterKey?: string): void;
  };
  initialize.call(Parse, 'APPLICATION_ID', undefined, 'MASTER_KEY');
  Parse.CoreManager.set('MASTER_KEY', 'MASTER_KEY'); // which the SDK for browsers does not take from applications
  Parse.CoreManager.set('SERVER_URL', serverURL);
  Parse.CoreManager.set('LIVEQUERY_SERVER_URL', null); // it keeps the address that it once made of another server's
  Parse.CoreManager.set('REQUEST_ATTEMPT_LIMIT', 1); // it would ask five times what failed with a 500
  Parse.User.enableUnsafeCurrentUser();
  const passwordOf = (username: string): string => `${username}spass`;
  return {
    Parse,
    outbox,
    signUp: (username) => Parse.User.signUp(username, passwordOf(username), {}),
    logIn: (username) => Parse.User.logIn(username, passwordOf(username)),
  };
};
