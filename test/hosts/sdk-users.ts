import { expect } from 'vitest';
import { codeOf, type Examples, MASTER } from './sdk-example.ts';

/** Users: signing up, logging in, and what others see of them. */
export const USERS: Examples = {
  'signs up, and is the current user then': async ({ Parse }) => {
    const ann = await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com', phone: '123' });
    expect(Parse.User.current()?.id).toBe(ann.id);
    expect(ann.getSessionToken()).toMatch(/^r:[0-9a-f]{32}$/);
    expect(ann.getEmail()).toBe('ann@example.com');
    expect(ann.get('phone')).toBe('123');
  },

  'cannot sign up under a name that is taken': async ({ Parse, signUp }) => {
    await signUp('ann');
    await expect(signUp('Ann')).rejects.toMatchObject({
      code: Parse.Error.USERNAME_TAKEN,
      message: 'Account already exists for this username.',
    });
  },

  'logs in and out': async ({ Parse, signUp, logIn }) => {
    await signUp('ann');
    await Parse.User.logOut();
    expect(Parse.User.current()).toBeNull();
    const ann = await logIn('ann');
    expect(ann.getUsername()).toBe('ann');
    expect(ann.authenticated()).toBe(true);
  },

  'cannot log in with a wrong password': async ({ Parse, signUp }) => {
    await signUp('ann');
    expect(await codeOf(Parse.User.logIn('ann', 'wrong'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
  },

  'loses its session when it logs out': async ({ Parse, signUp }) => {
    const token = (await signUp('ann')).getSessionToken() as string;
    await Parse.User.logOut();
    expect(await codeOf(Parse.User.become(token))).toBe(Parse.Error.INVALID_SESSION_TOKEN);
  },

  'becomes a user by a session token': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const token = ann.getSessionToken() as string;
    await Parse.User._clearCache();
    const again = await Parse.User.become(token);
    expect(again.id).toBe(ann.id);
    expect(Parse.User.current()?.getSessionToken()).toBe(token);
  },

  'becomes a user by the master key': async ({ Parse, signUp }) => {
    const { id } = await signUp('ann');
    const ann = await Parse.User.loginAs(id as string);
    expect(ann.getUsername()).toBe('ann');
    expect(ann.getSessionToken()).toMatch(/^r:/);
  },

  'saves and fetches itself': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    ann.set('phone', '123');
    ann.increment('logins');
    await ann.save();
    expect(ann.get('logins')).toBe(1);
    const fetched = await Parse.User.createWithoutData(ann.id as string).fetch({
      sessionToken: ann.getSessionToken(),
    });
    expect(fetched.get('phone')).toBe('123');
  },

  'changes its password, and goes on with a new session': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const before = ann.getSessionToken();
    ann.setPassword('another');
    await ann.save();
    expect(ann.getSessionToken()).not.toBe(before);
    expect((await Parse.User.logIn('ann', 'another')).id).toBe(ann.id);
  },

  'destroys itself': async ({ Parse, signUp, logIn }) => {
    const ann = await signUp('ann');
    await ann.destroy();
    await Parse.User._clearCache();
    expect(await codeOf(logIn('ann'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
  },

  'is private to others, and its email even when it is public': async ({ Parse, signUp }) => {
    const ann = await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com' });
    const acl = new Parse.ACL(ann);
    await Parse.User.logOut();
    await signUp('bob');
    expect(await new Parse.Query(Parse.User).equalTo('username', 'ann').first()).toBeUndefined();
    acl.setPublicReadAccess(true);
    ann.setACL(acl);
    await ann.save(null, MASTER);
    const seen = await new Parse.Query(Parse.User).equalTo('username', 'ann').first();
    expect(seen?.id).toBe(ann.id);
    expect(seen?.get('email')).toBeUndefined();
  },

  'verifies its password': async ({ Parse, signUp }) => {
    await signUp('ann');
    await expect(Parse.User.verifyPassword('ann', 'annspass')).resolves.toBeTruthy();
    expect(await codeOf(Parse.User.verifyPassword('ann', 'wrong'))).toBe(Parse.Error.OBJECT_NOT_FOUND);
  },

  'resets its password by mail': async ({ Parse, outbox }) => {
    await Parse.User.signUp('ann', 'annspass', { email: 'ann@example.com' });
    await Parse.User.requestPasswordReset('ann@example.com');
    const link = new URL((await outbox()).at(-1)?.link ?? '');
    await fetch(link.origin + link.pathname, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: link.searchParams.get('token') ?? '', new_password: 'another' }).toString(),
    });
    expect((await Parse.User.logIn('ann', 'another')).getUsername()).toBe('ann');
  },
};

/** Users without a name, and users whom somebody else knows. */
export const THIRD_PARTIES: Examples = {
  'logs in somebody without a name, who gets one later': async ({ Parse, logIn }) => {
    const somebody = await Parse.AnonymousUtils.logIn();
    expect(Parse.AnonymousUtils.isLinked(somebody)).toBe(true);
    somebody.setUsername('ann');
    somebody.setPassword('annspass');
    await somebody.signUp();
    await Parse.User.logOut();
    const ann = await logIn('ann');
    expect(ann.id).toBe(somebody.id);
    expect(Parse.AnonymousUtils.isLinked(ann)).toBe(false);
  },

  'links an anonymous user with a third party, who is the same user at the next log-in': async ({ Parse }) => {
    const facebook = { id: '17', access_token: 'valid' };
    const somebody = await Parse.AnonymousUtils.logIn();
    await somebody.linkWith('facebook', { authData: facebook });
    expect(somebody._isLinked('facebook')).toBe(true);
    await Parse.User.logOut();
    const again = await Parse.User.logInWith('facebook', { authData: facebook });
    expect(again.id).toBe(somebody.id);
  },

  'unlinks a third party': async ({ signUp }) => {
    const ann = await signUp('ann');
    await ann.linkWith('facebook', { authData: { id: '17', access_token: 'valid' } });
    await ann._unlinkFrom('facebook');
    await ann.fetch();
    expect(ann._isLinked('facebook')).toBe(false);
  },
};

/** Sessions, as objects. */
export const SESSIONS: Examples = {
  'is the current one': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const session = await Parse.Session.current();
    expect(session.getSessionToken()).toBe(ann.getSessionToken());
    expect(session.get('createdWith')).toEqual({ action: 'signup', authProvider: 'password' });
  },

  'is found by its owner alone': async ({ Parse, signUp }) => {
    await signUp('ann');
    await Parse.User.logOut();
    await signUp('bob');
    expect(await new Parse.Query(Parse.Session).find()).toHaveLength(1);
    expect(await new Parse.Query(Parse.Session).find(MASTER)).toHaveLength(1);
  },
};
