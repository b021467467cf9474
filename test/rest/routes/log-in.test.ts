import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createClient, MASTER } from '../../support/rest-client.ts';

const { emulator, call, signUp } = createClient({ verifyUserEmails: true, preventLoginWithUnverifiedEmail: true });

afterEach(() => emulator.reset());
afterAll(() => emulator.close());

const ANN = { username: 'ann', password: 'annspass' };

describe('/login and /verifyPassword', () => {
  it.each(['/login', '/verifyPassword'])('wait for the address, unless the master key waives it: %s', async (path) => {
    await signUp('ann', { email: 'ann@example.com' });
    const refusal = { status: 400, body: { code: 205, error: 'User email is not verified.' } };
    expect(await call('POST', path, ANN)).toMatchObject(refusal);
    expect(await call('POST', path, ANN, MASTER)).toMatchObject(refusal);
    expect(await call('POST', path, { ...ANN, ignoreEmailVerification: true })).toMatchObject(refusal);
    expect(await call('POST', path, { ...ANN, ignoreEmailVerification: true }, MASTER)).toMatchObject({
      status: 200,
      body: { username: 'ann' },
    });
  });

  it.each(['/login', '/verifyPassword'])(
    'take name and password from the address when the body has none: %s',
    async (path) => {
      await signUp('ann', { email: 'ann@example.com' });
      await call('PUT', `/users/${await idOf('ann')}`, { emailVerified: true }, MASTER);
      expect((await call('GET', `${path}?username=ann&password=annspass`)).status).toBe(200);
      expect((await call('POST', `${path}?username=ann&password=annspass`, {})).status).toBe(200);
      expect((await call('POST', `${path}?username=bob&password=x`, ANN)).status).toBe(200);
    },
  );
});

const idOf = async (username: string): Promise<string> => {
  const where = encodeURIComponent(JSON.stringify({ username }));
  const { body } = await call('GET', `/users?where=${where}`, undefined, MASTER);
  return (body as { results: { objectId: string }[] }).results[0]?.objectId ?? '';
};
