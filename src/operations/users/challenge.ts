import { ParseError } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { acceptAuthData, findByAuthData, toProviders } from '../third-parties/auth-data.ts';
import { providerOf } from '../third-parties/providers.ts';
import { authenticateUser, type Credentials } from './log-in.ts';

/** Who asks for a challenge, and of what. */
export type ChallengeInput = Credentials & { readonly challengeData?: Json | undefined };

const refused = (message: string): ParseError => new ParseError('OTHER_CAUSE', message);

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== null && value !== '';

const isReference = (value: Json): boolean => typeof value === 'object';

const checkShape = ({ challengeData, authData }: ChallengeInput): void => {
  if (!challengeData) throw refused('Nothing to challenge.');
  if (!isReference(challengeData)) throw refused('challengeData should be an object.');
  if (!authData) return;
  if (!isReference(authData)) throw refused('authData should be an object.');
  for (const [name, given] of Object.entries(authData)) {
    if (!isReference(given)) throw refused(`authData.${name} should be an object.`);
  }
};

const checkAuthData = (authData: JsonObject, context: Context): void => {
  const named = Object.entries(authData).filter(([, given]) => isObject(given) && given['id']);
  if (named.length > 1) throw refused('You cannot provide more than one authData provider with an id.');
  const notFound = new ParseError('OBJECT_NOT_FOUND', 'User not found.');
  const [user] = findByAuthData(authData, context.store, context);
  if (!user) throw notFound;
  try {
    acceptAuthData(Object.fromEntries(named), user, false, context);
  } catch {
    throw notFound; // whoever guesses learns nothing of why
  }
};

/**
 * Asks the providers for a challenge. None of the emulated ones has any, so that the answer is empty once it is known who asks.
 * Throws -1 for input that makes no sense, 101 for a wrong password and for authData of nobody.
 */
export const challenge = async (input: ChallengeInput, context: Context): Promise<{ challengeData: JsonObject }> => {
  const { username, email, password, authData, challengeData } = input;
  const names = isGiven(username) || isGiven(email);
  if (names && !isGiven(password)) {
    throw refused('You provided username or email, you need to also provide password.');
  }
  checkShape(input);
  if (names && isGiven(authData)) {
    throw refused('You cannot provide username/email and authData, only use one identification method.');
  }
  if (authData) checkAuthData(toProviders(authData), context);
  else if (names) await authenticateUser(input, context);
  for (const name of Object.keys(toProviders(challengeData ?? null)).sort()) {
    providerOf(name, context)?.beforeChallenge?.();
  }
  return { challengeData: {} };
};
