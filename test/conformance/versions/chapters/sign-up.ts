import type { JsonObject } from '../../../../src/index.ts';
import type { Asking } from '../asking.ts';
import { SIGN_UP } from './documents.ts';
import type { People } from './people.ts';

const overGraphQL = async (asking: Asking, people: People): Promise<void> => {
  const signUp = (name: string, fields: JsonObject, token?: string): Promise<unknown> =>
    asking.graphql(name, SIGN_UP, { i: { fields } }, token ? { token } : 'nobody');
  const ann = { username: 'ann', password: 'annpass', email: 'ann@example.com' };
  const bob = { username: 'bob', password: 'bobpass', email: 'bob@example.com' };
  await people.meet(asking, 's01 signUp', 'A', { clientMutationId: 'cm', fields: ann });
  await people.meet(asking, 's02 signUp second', 'B', { fields: bob });
  await signUp('s03 duplicate user name', { username: 'ann', password: 'x' });
  await signUp('s04 duplicate email', { username: 'ann2', password: 'x', email: 'ann@example.com' });
  await signUp('s05 bad email', { username: 'ann3', password: 'x', email: 'nope' });
  await signUp('s06 empty user name', { username: '', password: 'x' });
  await signUp('s07 empty password', { username: 'ann4', password: '' });
  await signUp('s08 no password', { username: 'ann5' });
  await signUp('s09 no user name', { password: 'x' });
  await asking.graphql('s10 no fields', SIGN_UP, { i: {} });
  await signUp('s11 emailVerified true', { username: 'ann6', password: 'x', emailVerified: true });
  await signUp('s12 unknown field', { username: 'ann7', password: 'x', nickname: 'n' });
  await people.meet(asking, 's13 signUp with ACL public read', 'ACL1', {
    fields: { username: 'acl1', password: 'x', ACL: { public: { read: true, write: false } } },
  });
  await signUp('s14 signUp with a live token', { username: 'ann8', password: 'x' }, people.token('A'));
  await signUp('s15 case: ANN', { username: 'ANN', password: 'x' });
  await signUp('s16 email in upper case', { username: 'ann9', password: 'x', email: 'ANN@EXAMPLE.COM' });
};

/** Signing up, over both protocols. */
export const signingUp = async (asking: Asking, people: People): Promise<void> => {
  await overGraphQL(asking, people);
  const post = (name: string, body: JsonObject): Promise<unknown> =>
    asking.ask(name, '/parse/users', 'nobody', { body });
  const cleo = { username: 'cleo', password: 'cleopass', email: 'cleo@example.com' };
  await people.meetOverRest(asking, 's20 REST sign up', 'C', cleo);
  await post('s21 REST sign up duplicate', { username: 'cleo', password: 'x' });
  await post('s22 REST sign up empty', {});
  await post('s23 REST sign up no password', { username: 'dd' });
  await post('s24 REST sign up objectId', { username: 'dd1', password: 'x', objectId: 'abcdefghij' });
  await post('s25 REST sign up emailVerified', { username: 'dd2', password: 'x', emailVerified: true });
  await post('s26 REST sign up new field', { username: 'dd3', password: 'x', shoeSize: 43 });
  await post('s27 REST sign up number as name', { username: 5, password: 'x' });
};
