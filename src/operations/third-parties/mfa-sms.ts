import { type ParseError, refusal } from '../../parse/error.ts';
import { fromDate, isObject, type Json, type JsonObject, type ParseRecord, toDate } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { AuthVerdict } from './provider.ts';

const refused = (message: string): ParseError => refusal('secondFactor', 'SCRIPT_FAILED', message);

const isMobile = (mobile: string): boolean => /^[+]*[(]{0,1}[0-9]{1,3}[)]{0,1}[-\s./0-9]*$/.test(mobile);

const digitsOf = (count: number, { random }: Context): string => {
  let digits = '';
  while (digits.length < count) digits += random.text(10).replace(/\D/g, '');
  return digits.slice(0, count);
};

type Code = { readonly token: string; readonly expiry: Json };

/** Sends a code: to the application's `sendSMS`, if it has one, and into the outbox. */
const send = async (
  mobile: string,
  { digits = 6, period = 30, sendSMS }: MfaOptions,
  context: Context,
): Promise<Code> => {
  if (!isMobile(mobile)) throw refused('Invalid mobile number.');
  const token = digitsOf(digits, context);
  const now = context.clock.now();
  await sendSMS?.(token, mobile);
  await context.mail.send({
    kind: 'sms',
    to: mobile,
    subject: '',
    text: token,
    link: '',
    sentAt: new Date(now).toISOString(),
  });
  return { token, expiry: toDate(now + period * 1000) };
};

const isOver = (expiry: Json | undefined, { clock }: Context): boolean => clock.now() > (fromDate(expiry) ?? 0);

/** Begins to link a number: a code is sent to it, with which `confirmMobile` ends it. */
export const setUpMobile = async (mobile: Json, settings: MfaOptions, context: Context): Promise<AuthVerdict> => ({
  save: { pending: { [String(mobile)]: await send(String(mobile), settings, context) } },
});

/** Links a number by the code that was sent to it. */
export const confirmMobile = (
  { mobile, token }: JsonObject,
  stored: JsonObject | undefined,
  context: Context,
): AuthVerdict => {
  if (!token) throw refused('MFA is already set up on this account');
  const { pending, ...others } = stored ?? {};
  const numbers = isObject(pending) ? pending : {};
  const { [String(mobile)]: code, ...rest } = numbers;
  if (!isObject(code)) throw refused('This number is not pending');
  if (code['token'] !== token || isOver(code['expiry'], context)) throw refused('Invalid MFA token');
  return { save: { ...others, pending: rest, mobile: mobile ?? '' } };
};

/** Sends a code to log in with, keeps it beside the number, and tells the client to ask for it. Always throws. */
export const requestCode = async (
  user: ParseRecord,
  stored: JsonObject,
  settings: MfaOptions,
  context: Context,
): Promise<never> => {
  const code = await send(String(stored['mobile']), settings, context);
  context.store.transact((transaction) => {
    const present = transaction.get('_User', user.objectId) ?? user;
    const authData = isObject(present['authData']) ? present['authData'] : {};
    transaction.put('_User', { ...present, authData: { ...authData, mfa: { ...stored, ...code } } } as ParseRecord);
  });
  throw refused('Please enter the token');
};

/** Logs in by the code that was sent, which is good once. */
export const spendCode = (given: Json | undefined, stored: JsonObject, context: Context): AuthVerdict => {
  const { token, expiry, ...kept } = stored;
  if (!token || given !== token) throw refused('Invalid MFA token 1');
  if (isOver(expiry, context)) throw refused('Invalid MFA token 2');
  return { save: kept };
};

/** The settings of a second factor. */
export type MfaOptions = {
  readonly options: readonly string[];
  readonly digits?: number;
  readonly period?: number;
  readonly algorithm?: string;
  readonly sendSMS?: (token: string, mobile: string) => unknown;
};
