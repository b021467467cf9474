import type { AccountReason, KeyReason, PlainReason, SessionReason } from '../../parse/reason.ts';
import { OBJECT_ROWS } from './object-rows.ts';
import { REQUEST_ROWS } from './request-rows.ts';
import type { Row } from './say.ts';

type Rows<Reason extends PlainReason> = { readonly [Name in Reason]: Row };

const SESSIONS: Rows<SessionReason> = {
  sessionMissing: (say) => [
    'No session token came with the request.',
    `Send X-Parse-Session-Token; ${say.headers} gives the headers of a user who is logged in.`,
  ],
  sessionExpired: (say) => [
    `The session has expired: it is older than ${say.option('sessionLength')} lets it be.`,
    'Log in again, or move the time on by less.',
  ],
  sessionEnded: () => [
    'The session was revoked: by log-out, a new password, a log-in on the same device, or because it was deleted.',
    'Log in again, and forget the old token.',
  ],
  sessionOfBeforeReset: () => [
    'The session was revoked by a reset: it began after the state that the emulator went back to.',
    'Log in again after each reset, or log in before the state is taken.',
  ],
  sessionOfNobody: () => ['The user of the session is there no more.', 'Sign up or log in again.'],
  sessionUnknown: (say) => [
    'The session is unknown: the emulator has opened none with this token since it started.',
    `The token may be of another server or of an earlier start. Log in again; ${say.headers} gives a good one.`,
  ],
};

const KEYS: Rows<KeyReason> = {
  appId: (say) => [
    'The request names another application id than the emulator has, or none.',
    `Send X-Parse-Application-Id with the id of ${say.option('appId')}; ${say.option('apps')} allows further ones.`,
  ],
  clientKey: (say) => [
    'The request has none of the client keys that the emulator asks for, or a wrong one.',
    `Send one of ${say.option('clientKey')}, ${say.option('javascriptKey')} and ${say.option('restAPIKey')} that are set.`,
  ],
  keyFromElsewhere: (say) => [
    'The key is right, but it does not count where the request comes from: another address, or a page from elsewhere.',
    `See ${say.option('masterKeyIps')}, its kin for the other keys, and ${say.option('allowOrigin')}. From other machines the default master key never counts.`,
  ],
  masterKeyMissing: () => ['Only the master key may do this.', 'Send X-Parse-Master-Key.'],
  keyReadOnly: () => ['The master key that came may only read.', 'Send the master key that may write.'],
  logInMissing: (say) => [
    'The permissions of the class ask for a user who is logged in.',
    `Log in first; ${say.headers} gives the headers of a user who is.`,
  ],
  selfHidden: () => [
    'The user may not read itself: its ACL or the permissions of its class forbid it.',
    'Give the user the right to read itself, in its ACL or in the permissions.',
  ],
};

const ACCOUNTS: Rows<AccountReason> = {
  wrongPassword: (say) => [
    'Nobody has this username or address, or the password is another; Parse does not tell which.',
    `Seed the user, or make it: ${say.createUser}.`,
  ],
  accountLocked: (say) => [
    `The account is locked: ${say.option('accountLockout')} allows only so many wrong passwords in a row.`,
    `Move the time on, ${say.advance}, or go back to the seed: ${say.reset}.`,
  ],
  passwordExpired: (say) => [
    `The password is older than ${say.option('passwordPolicy')} allows (maxPasswordAge).`,
    `Set a new one through the mail of resetPassword; its link is in ${say.outbox}.`,
  ],
  passwordPolicy: (say) => [
    `The password is not as ${say.option('passwordPolicy')} wants it.`,
    'Choose another, or change the policy.',
  ],
  emailUnverified: (say) => [
    `The address is not verified, and ${say.option('preventLoginWithUnverifiedEmail')} or ${say.option('preventSignupWithUnverifiedEmail')} is on.`,
    `Follow the link in ${say.outbox}, or verify it: ${say.verifyEmail}.`,
  ],
  emailVerified: () => ['The address is verified.', 'Nothing is left to do; a new user begins unverified.'],
  userUnknown: (say) => ['There is no such user.', `Seed the user, or make it: ${say.createUser}.`],
  tokenMissing: (say) => ['No token came with the request.', `Take the token from the link in ${say.outbox}.`],
  linkInvalid: (say) => [
    'No user waits for this token: it was used, replaced by a newer one, or never given.',
    `Take the token from the newest link in ${say.outbox}.`,
  ],
  linkExpired: (say) => [
    'The link is too old: passwordPolicy.resetTokenValidityDuration.',
    `Ask for another one, whose link will be in ${say.outbox}.`,
  ],
  mailOff: (say) => [
    `No mail can be sent: ${say.option('emailAdapter')} is off.`,
    'Leave it out, and mail goes to the outbox.',
  ],
  authDataUnknown: (say) => [
    'The third party does not know what authData says.',
    `Send an access token that ${say.option('auth')} lists, and the id that belongs to it.`,
  ],
  authDataChanged: () => [
    'Somebody else has changed the authData of the user meanwhile.',
    'Read the user again, and send the change once more.',
  ],
  secondFactor: () => [
    'A one-time code or another second factor is missing, wrong or too old.',
    'Send it in authData, beside the password: { mfa: { token } }.',
  ],
  challenge: () => [
    'The challenge is not formed as one.',
    'Send challengeData, and either a username with its password or authData with one id.',
  ],
  authAdapter: (say) => [
    `An adapter of ${say.option('auth')} lacks a function, or has a policy that does not exist.`,
    'Give it validateAuthData, or validateSetUp, validateLogin and validateUpdate.',
  ],
};

/** The explanations of what a single word tells. */
export const BY_REASON: Rows<PlainReason> = {
  fault: (say) => ['A fault that the emulator was given struck this call.', `Take it back: ${say.clearFaults}.`],
  ...SESSIONS,
  ...KEYS,
  ...ACCOUNTS,
  ...OBJECT_ROWS,
  ...REQUEST_ROWS,
};
