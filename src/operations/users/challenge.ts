import { type ParseError, refusal } from '../../parse/error.ts';
import { isGiven, isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { acceptAuthData, findByAuthData, toProviders } from '../third-parties/auth-data.ts';
import { providerOf } from '../third-parties/providers.ts';
import { authenticateUser, type Credentials } from './log-in.ts';

/** Who asks for a challenge, and of what. */
export type ChallengeInput = Credentials & { readonly challengeData?: Json | undefined };

const refused = (message: string): ParseError => refusal('challenge', 'OTHER_CAUSE', message);

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

const checkAuthData = async (authData: JsonObject, context: Context): Promise<ParseRecord> => {
  const named = Object.entries(authData).filter(([, given]) => isObject(given) && given['id']);
  if (named.length > 1) throw refused('You cannot provide more than one authData provider with an id.');
  const notFound = refusal('userUnknown', 'OBJECT_NOT_FOUND', 'User not found.');
  const [user] = findByAuthData(authData, context.store, context);
  if (!user) throw notFound;
  try {
    await acceptAuthData(Object.fromEntries(named), { user, fields: {}, isChallenge: true }, false, context);
  } catch {
    throw notFound; // whoever guesses learns nothing of why
  }
  return user;
};

const findChallenged = async (input: ChallengeInput, context: Context): Promise<ParseRecord | undefined> => {
  if (input.authData) return checkAuthData(toProviders(input.authData), context);
  return isGiven(input.username) || isGiven(input.email) ? authenticateUser(input, context) : undefined;
};

/**
 * Asks the providers for a challenge, in the order of their names; those that have none are left out. Rejects with -1 for input that
 * makes no sense, 101 for a wrong password and for authData of nobody, and with what an adapter throws.
 */
export const challenge = async (input: ChallengeInput, context: Context): Promise<{ challengeData: JsonObject }> => {
  const { username, email, password, authData } = input;
  const names = isGiven(username) || isGiven(email);
  if (names && !isGiven(password)) {
    throw refused('You provided username or email, you need to also provide password.');
  }
  checkShape(input);
  if (names && isGiven(authData)) {
    throw refused('You cannot provide username/email and authData, only use one identification method.');
  }
  const user = await findChallenged(input, context);
  const given = toProviders(authData ?? null);
  const wanted = toProviders(input.challengeData ?? null);
  const challenges: { [name: string]: Json } = {};
  for (const name of Object.keys(wanted).sort()) {
    const provider = providerOf(name, context);
    provider?.beforeChallenge?.();
    const asked = await provider?.challenge?.(wanted[name] ?? null, given[name], user, context);
    if (asked !== undefined) challenges[name] = asked;
  }
  return { challengeData: challenges };
};
