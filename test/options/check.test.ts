import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/options/check.ts';
import type { EmulatorOptions } from '../../src/options/table.ts';

const given = (options: unknown): EmulatorOptions => options as EmulatorOptions;

describe('resolveOptions', () => {
  it('fills in the defaults', () => {
    expect(resolveOptions({ appId: 'mine' })).toMatchObject({
      appId: 'mine',
      masterKey: 'MASTER_KEY',
      bcryptRounds: 10,
    });
  });

  it('takes undefined as not given', () => {
    expect(resolveOptions(given({ appId: undefined })).appId).toBe('APPLICATION_ID');
  });

  it.each([
    [{ verifyUserEmail: true }, 'there is no option "verifyUserEmail". Did you mean "verifyUserEmails"?'],
    [{ port: 1337 }, 'there is no option "port".'],
    [[], 'the options must be an object'],
    [{ verifyUserEmails: 'yes' }, 'verifyUserEmails must be true, false or a function, not "yes"'],
    [{ appId: '' }, 'appId must be text, not ""'],
    [{ bcryptRounds: 3 }, 'bcryptRounds must be a whole number from 4 to 31, not 3'],
    [{ sessionLength: 0 }, 'sessionLength must be a number above 0, not 0'],
    [{ maxUploadSize: 'big' }, 'maxUploadSize must be a number of bytes or text such as "20mb", not "big"'],
    [{ serverURL: 'localhost' }, 'serverURL must be an address that begins with http:// or https://, not "localhost"'],
    [{ accountLockout: { threshold: 3 } }, 'accountLockout needs "duration"'],
    [
      { accountLockout: { duration: '5', threshold: 3 } },
      'accountLockout.duration must be a number above 0 and at most 99999, not "5"',
    ],
    [
      { passwordPolicy: { maxPasswordage: 3 } },
      'passwordPolicy has no "maxPasswordage". Did you mean "maxPasswordAge"?',
    ],
    [
      { passwordPolicy: { validatorPattern: '(' } },
      'passwordPolicy.validatorPattern must be a regular expression, not "("',
    ],
    [{ auth: { google: 'yes' } }, 'auth.google must be true, false or an object, not "yes"'],
    [
      { schema: { definitions: [{ className: 'Todo', fields: { title: { type: 'Strin' } } }] } },
      'schema.definitions[0].fields.title.type must be one of "String"',
    ],
    [{ allowHeaders: ['X-A', 3] }, 'allowHeaders[1] must be text, not 3'],
    [{ persistence: {} }, 'persistence must be an object with read, append, replace, not {}'],
    [
      { emailVerifyTokenReuseIfValid: true },
      'emailVerifyTokenReuseIfValid needs emailVerifyTokenValidityDuration beside it',
    ],
  ])('refuses %j', (options, sentence) => {
    expect(() => resolveOptions(given(options))).toThrow(`Failed to start: ${sentence}`);
  });

  it.each([
    {
      auth: {
        facebook: { accessTokens: ['valid'] },
        google: true,
        mfa: { options: ['TOTP'], digits: 6, period: 30, algorithm: 'SHA1' },
      },
    },
    { schema: { definitions: [{ className: '_User', classLevelPermissions: { find: { '*': true } } }], strict: true } },
    { allowOrigin: ['https://one.example.com'], emailAdapter: false, accountLockout: { threshold: 2, duration: 0.04 } },
  ])('accepts %j', (options) => {
    expect(resolveOptions(given(options))).toMatchObject(options);
  });
});
