import type { Json, JsonObject, ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';

/** Why authData is looked at: to be stored for the first time, to be changed by its owner, or to log in. */
export type AuthStep = 'setUp' | 'update' | 'logIn';

/** What a provider makes of authData: what to store in place of it, what to tell the client, or that nothing is to be stored. */
export type AuthVerdict = { readonly save?: JsonObject; readonly response?: JsonObject; readonly isNotSaved?: boolean };

/** Whose authData is looked at. */
export type AskedOf = {
  /** The user that has it or is to get it, as far as there is one. */
  readonly user?: ParseRecord | undefined;
  /** What the client sent with it. */
  readonly fields: JsonObject;
  /** Whether it only tells who asks for a challenge: nothing is written. */
  readonly isChallenge?: boolean;
};

/** A third party, emulated or by code of the application. */
export type AuthProvider = {
  /** `additional`: needed beside whatever else logs in; `solo` makes up for those. It may depend on what is stored of a user. */
  readonly policy: string | ((stored: JsonObject, context: Context) => unknown);
  /** Before users are looked for by authData; throws where Parse Server itself breaks down. */
  beforeSearch?(): void;
  /** Before challenges are asked for. */
  beforeChallenge?(): void;
  /** Throws when the authData is not good. */
  validate(given: JsonObject, step: AuthStep, asked: AskedOf, context: Context): AuthVerdict | Promise<AuthVerdict>;
  /** What a client is to answer to log in. */
  challenge?(
    challengeData: Json,
    authData: Json | undefined,
    user: ParseRecord | undefined,
    context: Context,
  ): Promise<Json>;
  /** What is shown of what is stored: to its owner, and to the master key where `isShownToMaster`. */
  show?(stored: JsonObject, context: Context): JsonObject;
  readonly isShownToMaster?: boolean;
};
