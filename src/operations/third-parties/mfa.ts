import { Secret, TOTP } from 'otpauth';
import { type ParseError, refusal } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { MfaOptions } from './mfa-sms.ts';
import { confirmMobile, requestCode, setUpMobile, spendCode } from './mfa-sms.ts';
import type { AuthProvider, AuthVerdict } from './provider.ts';

// Parse asks for secrets of at least this many base-32 digits, and hands out two codes to recover with.
const SECRET_LENGTH = 20;
const RECOVERY_LENGTH = 30;

const refused = (message: string): ParseError => refusal('secondFactor', 'SCRIPT_FAILED', message);

const recoveryOf = (stored: JsonObject | undefined): readonly string[] => {
  const codes = stored?.['recovery'];
  return Array.isArray(codes) ? codes.filter((code): code is string => typeof code === 'string') : [];
};

const createTotp = ({ digits = 6, period = 30, algorithm = 'SHA1' }: MfaOptions) => {
  const isCode = (secret: string, token: Json | undefined, context: Context): boolean => {
    if (typeof token !== 'string') return false;
    const totp = new TOTP({ algorithm, digits, period, secret: Secret.fromBase32(secret) });
    return totp.validate({ token, timestamp: context.clock.now() }) !== null;
  };
  return {
    setUp: ({ secret, token }: JsonObject, context: Context): AuthVerdict => {
      if (typeof secret !== 'string' || !token || secret.length < SECRET_LENGTH) throw refused('Invalid MFA data');
      if (!isCode(secret, token, context)) throw refused('Invalid MFA token');
      const recovery = [context.random.text(RECOVERY_LENGTH), context.random.text(RECOVERY_LENGTH)];
      return { response: { recovery: recovery.join(', ') }, save: { secret, recovery } };
    },
    logIn: (token: Json | undefined, stored: JsonObject | undefined, context: Context): AuthVerdict => {
      if (typeof token !== 'string') throw refused('Invalid MFA token');
      const secret = stored?.['secret'];
      if (typeof secret !== 'string') return { isNotSaved: true };
      const recovery = recoveryOf(stored);
      if (recovery.includes(token)) {
        return { save: { ...stored, recovery: recovery.filter((code) => code !== token) } };
      }
      if (!isCode(secret, token, context)) throw refused('Invalid MFA token');
      return { isNotSaved: true };
    },
  };
};

/** The code that an authenticator shows for a user now, and how long it will, in seconds; undefined for a user without one. */
export const currentCode = (
  user: ParseRecord,
  { options, clock }: Pick<Context, 'options' | 'clock'>,
): { readonly code: string; readonly seconds: number; readonly secret: string } | undefined => {
  const secret = storedOf(user['authData'])?.['secret'];
  if (typeof secret !== 'string') return undefined;
  const setting: unknown = options.auth?.['mfa'];
  const { digits = 6, period = 30, algorithm = 'SHA1' } = (isObject(setting) ? setting : {}) as Partial<MfaOptions>;
  const timestamp = clock.now();
  const totp = new TOTP({ algorithm, digits, period, secret: Secret.fromBase32(secret) });
  return { secret, code: totp.generate({ timestamp }), seconds: Math.ceil(totp.remaining({ timestamp }) / 1000) };
};

const storedOf = (authData: Json | undefined): JsonObject | undefined => {
  const stored = isObject(authData) ? authData['mfa'] : undefined;
  return isObject(stored) ? stored : undefined;
};

/** A second factor by one-time codes, of an authenticator (TOTP) or by SMS, as Parse Server's own `mfa` adapter has it. */
export const createMfaProvider = (settings: MfaOptions): AuthProvider => {
  const hasTotp = settings.options.includes('TOTP');
  const hasSms = settings.options.includes('SMS');
  const totp = createTotp(settings);

  const setUp = (given: JsonObject, context: Context): AuthVerdict | Promise<AuthVerdict> => {
    if (given['mobile'] && hasSms) return setUpMobile(given['mobile'], settings, context);
    if (hasTotp) return totp.setUp(given, context);
    throw refused('Invalid MFA data');
  };

  return {
    // a number that is still to be confirmed locks nobody out
    policy: (stored: JsonObject) =>
      hasSms && stored['pending'] && Object.keys(stored).length === 1 ? 'default' : 'additional',
    validate: async (given, step, { user }, context) => {
      const stored = storedOf(user?.['authData']);
      if (step === 'setUp') return setUp(given, context);
      if (step === 'logIn') {
        if (hasSms && user && stored?.['mobile']) {
          if (given['token'] === 'request') await requestCode(user, stored, settings, context);
          return spendCode(given['token'], stored, context);
        }
        return hasTotp ? totp.logIn(given['token'], stored, context) : { isNotSaved: true };
      }
      if (context.auth.isMaster) return {};
      if (given['mobile'] && hasSms) return confirmMobile(given, stored, context);
      if (!hasTotp) throw refused('Invalid MFA data');
      totp.logIn(given['old'], stored, context);
      return setUp(given, context);
    },
    show: (stored) => ({
      status: (hasTotp && stored['secret']) || (hasSms && stored['mobile']) ? 'enabled' : 'disabled',
    }),
  };
};
