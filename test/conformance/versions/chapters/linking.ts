import type { JsonObject } from '../../../../src/index.ts';
import { type Asking, at } from '../asking.ts';

const LOG_IN = 'mutation ($i: LogInInput!) { logIn(input: $i) { viewer { user { username authData } } } }';
const CHALLENGE = 'mutation ($i: ChallengeInput!) { challenge(input: $i) { challengeData } }';
const UPDATE = 'mutation ($i: UpdateUserInput!) { updateUser(input: $i) { user { username } } }';
const BOB = { username: 'bob', password: 'x' };
const fake = (id: string, token = 'valid'): JsonObject => ({ fake: { id, access_token: token } });

/** Ann holds the identity 1 of the provider; Bob has a password. */
const meet = async (asking: Asking): Promise<{ readonly id: string; readonly token: string }> => {
  await asking.quietly('/parse/users', 'nobody', { body: { authData: fake('1') } });
  const answer = await asking.quietly('/parse/users', 'nobody', { body: BOB });
  const objectId = at(answer, 'objectId');
  asking.normaliser.know(objectId, 'B');
  return { id: Buffer.from(`_User:${objectId}`).toString('base64'), token: at(answer, 'sessionToken') };
};

const identities = async (asking: Asking, bob: { readonly id: string; readonly token: string }): Promise<void> => {
  const logIn = (name: string, authData: JsonObject): Promise<unknown> =>
    asking.graphql(name, LOG_IN, { i: { ...BOB, authData } });
  await logIn('01 logIn with authData of somebody else', fake('1'));
  await logIn('02 logIn with authData bad token', fake('1', 'bad'));
  await logIn('03 logIn with new authData', fake('7'));
  await logIn('04 logIn with unknown provider', { nope: { id: '1' } });
  const body = { ...BOB, authData: fake('1') };
  await asking.ask('05 REST login with authData of somebody else', '/parse/login', 'nobody', { body });
  const update = { i: { id: bob.id, fields: { authData: fake('1') } } };
  await asking.graphql('06 updateUser authData of somebody else', UPDATE, update, { token: bob.token });
};

const challenges = async (asking: Asking): Promise<void> => {
  const challenge = (name: string, i: JsonObject): Promise<unknown> => asking.graphql(name, CHALLENGE, { i });
  const challengeData = { fake: { x: 1 } };
  await challenge('07 challenge nothing', {});
  await challenge('08 challenge fake', { challengeData });
  await challenge('09 challenge wrong password', { username: 'bob', password: 'wrong', challengeData });
  await challenge('10 challenge authData', { authData: fake('2'), challengeData });
  await challenge('11 challenge authData unknown id', { authData: fake('999'), challengeData });
  await challenge('12 challenge user and authData', { ...BOB, authData: fake('1'), challengeData });
  await challenge('13 challenge user', { ...BOB, challengeData });
};

const mistakes = async (asking: Asking): Promise<void> => {
  await asking.graphql('14 Role bad order enum', '{ roles(order: [x_ASC]) { count } }');
  await asking.graphql('15 users with unknown arg', '{ users(nope: 1) { count } }');
  const signUp = 'mutation { signUp(input: { fields: { username: "a", password: "b" } }, x: 1) { clientMutationId } }';
  await asking.graphql('16 unknown arg on signUp', signUp);
  await asking.graphql('17 unknown arg on viewer.user', '{ viewer { user(x: 1) { username } } }');
  await asking.graphql('18 fragment of a wrong type', '{ viewer { user { ... on Role { name } } } }');
  await asking.graphql('19 string for input object', 'mutation { logIn(input: "x") { clientMutationId } }');
  await asking.graphql('20 unknown directive', '{ health @nope }');
  await asking.graphql('21 unknown fragment', '{ ...X }');
  const logIn = 'mutation ($i: LogInInput!) { logIn(input: $i) { clientMutationId } }';
  await asking.graphql('22 null for a non-null variable', logIn, { i: null });
  await asking.graphql('23 number for input object variable', logIn, { i: 5 });
  const nick =
    'mutation { signUp(input: { fields: { username: "a", password: "b", nick: "n" } }) { clientMutationId } }';
  await asking.graphql('24 unknown field in signUp fields (literal)', nick);
  const order = 'query ($o: [UserOrder!]) { users(order: $o) { count } }';
  await asking.graphql('25 order enum variable bad', order, { o: ['nope'] });
  await asking.graphql('26 unknown field of connection', '{ users { cnt } }');
  await asking.graphql('27 unknown field of SignUpPayload', 'mutation { signUp(input: {}) { user { username } } }');
  await asking.graphql('28 unknown field of PageInfo', '{ users { pageInfo { nope } } }');
  await asking.graphql('29 unknown field of ACL', '{ viewer { user { ACL { nope } } } }');
};

/** Identities of third parties that meet, challenges, and more mistakes in documents. */
export const linking = async (asking: Asking): Promise<void> => {
  await identities(asking, await meet(asking));
  await challenges(asking);
  await mistakes(asking);
};
