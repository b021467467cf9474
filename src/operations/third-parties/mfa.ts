import { Secret, TOTP } from 'otpauth';
import { ParseError } from '../../parse/error.ts';
import type { Json, JsonObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import type { AuthProvider, AuthVerdict } from './providers.ts';

type MfaOptions = {
  readonly options: readonly string[];
  readonly digits?: number;
  readonly period?: number;
  readonly algorithm?: string;
};

// Parse asks for secrets of at least this many base-32 digits, and hands out two codes to recover with.
const SECRET_LENGTH = 20;
const RECOVERY_LENGTH = 30;

const refused = (message: string): ParseError => new ParseError('SCRIPT_FAILED', message);

const recoveryOf = (stored: JsonObject | undefined): readonly string[] => {
  const codes = stored?.['recovery'];
  return Array.isArray(codes) ? codes.filter((code): code is string => typeof code === 'string') : [];
};

/** A second factor by one-time codes (TOTP), as Parse Server's own `mfa` adapter has it. */
export const createMfaProvider = ({
  options,
  digits = 6,
  period = 30,
  algorithm = 'SHA1',
}: MfaOptions): AuthProvider => {
  const hasTotp = options.includes('TOTP');

  const isCode = (secret: string, token: Json | undefined, context: Context): boolean => {
    if (typeof token !== 'string') return false;
    const totp = new TOTP({ algorithm, digits, period, secret: Secret.fromBase32(secret) });
    return totp.validate({ token, timestamp: context.clock.now() }) !== null;
  };

  const setUp = ({ secret, token }: JsonObject, context: Context): AuthVerdict => {
    if (!hasTotp || typeof secret !== 'string' || !token || secret.length < SECRET_LENGTH)
      throw refused('Invalid MFA data');
    if (!isCode(secret, token, context)) throw refused('Invalid MFA token');
    const recovery = [context.random.text(RECOVERY_LENGTH), context.random.text(RECOVERY_LENGTH)];
    return { response: { recovery: recovery.join(', ') }, save: { secret, recovery } };
  };

  const logIn = (token: Json | undefined, stored: JsonObject | undefined, context: Context): AuthVerdict => {
    if (typeof token !== 'string') throw refused('Invalid MFA token');
    const secret = stored?.['secret'];
    if (typeof secret !== 'string') return { isNotSaved: true };
    const recovery = recoveryOf(stored);
    if (recovery.includes(token)) return { save: { secret, recovery: recovery.filter((code) => code !== token) } };
    if (!isCode(secret, token, context)) throw refused('Invalid MFA token');
    return { isNotSaved: true };
  };

  return {
    policy: 'additional',
    validate: (given, step, stored, context) => {
      if (step === 'setUp') return setUp(given, context);
      if (step === 'logIn') return logIn(given['token'], stored, context);
      if (context.auth.isMaster) return {};
      logIn(given['old'], stored, context);
      return setUp(given, context);
    },
    show: (stored) => ({ status: stored['secret'] ? 'enabled' : 'disabled' }),
  };
};
