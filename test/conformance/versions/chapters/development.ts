import type { Asking } from '../asking.ts';

/** What a server that is not in production says more. */
export const development = async (asking: Asking): Promise<void> => {
  const logIn = 'mutation { logIn(input: { username: "nobody", password: "x" }) { viewer { sessionToken } } }';
  await asking.graphql('01 wrong password', logIn);
  await asking.graphql('02 unknown field', '{ helth }');
  await asking.graphql('03 syntax error', '{ viewer ');
  const schema = '{ __schema { queryType { name } } }';
  await asking.graphql('04 introspection', schema);
  await asking.graphql('05 __type', '{ __type(name: "User") { name } }');
  await asking.graphql('06 introspection master', schema, undefined, 'master');
  await asking.graphql('07 viewer no token', '{ viewer { user { username } } }');
  await asking.graphql('08 resetPassword bad', 'mutation { resetPassword(input: { email: "" }) { ok } }');
  await asking.graphql('09 missing variable', 'query ($id: ID!) { user(id: $id) { username } }', {});
};
