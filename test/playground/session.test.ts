import { expect, it } from 'vitest';
import { sessionTokenOf, toUserHeaders } from '../../playground/headers.ts';
import { findSession } from '../../playground/session.ts';

it.each([
  [{ data: { signUp: { viewer: { sessionToken: 'r:1', user: { username: 'ann' } } } } }, 'r:1', 'ann'],
  [{ data: { logIn: { viewer: { sessionToken: 'r:2' } } } }, 'r:2', undefined],
  [{ data: { me: { sessionToken: 'r:3', user: null } } }, 'r:3', undefined],
])('finds the session in %j', (answer, sessionToken, username) => {
  expect(findSession(answer)).toEqual({ sessionToken, username });
});

it.each([
  { data: { health: true } },
  { errors: [{ message: 'no' }] },
  { data: { a: [{ sessionToken: null }] } },
  null,
  'r:1',
])('finds none in %j', (answer) => {
  expect(findSession(answer)).toBeUndefined();
});

it('a session takes the place of the master key', () => {
  const headers = { 'X-Parse-Application-Id': 'APP', 'X-Parse-Master-Key': 'KEY' };
  expect(toUserHeaders(headers, 'r:1')).toEqual({ 'X-Parse-Application-Id': 'APP', 'X-Parse-Session-Token': 'r:1' });
});

it('a session token is found in any letter case', () => {
  expect(sessionTokenOf({ 'x-parse-session-token': 'r:1' })).toBe('r:1');
  expect(sessionTokenOf({ 'X-Parse-Master-Key': 'KEY' })).toBeUndefined();
});
