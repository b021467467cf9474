import type { JsonObject } from '../../../../src/index.ts';
import { type Asking, at } from '../asking.ts';
import { LOG_IN, LOG_IN_WITH, USER } from './documents.ts';
import type { People } from './people.ts';

const ANN = { username: 'ann', password: 'annpass' };
const CLEO = { username: 'cleo', password: 'cleopass' };
const asQuery = (values: { readonly [name: string]: string }): string => `?${new URLSearchParams(values)}`;

const withPassword = async (asking: Asking, people: People): Promise<void> => {
  const logIn = (name: string, i: JsonObject): Promise<unknown> => asking.graphql(name, LOG_IN, { i });
  const answer = await asking.graphql('l01 logIn', LOG_IN, { i: { ...ANN, clientMutationId: 'x' } });
  people.carry('A', at(answer, 'data', 'logIn', 'viewer', 'sessionToken'));
  await logIn('l02 wrong password', { username: 'ann', password: 'wrong' });
  await logIn('l03 unknown user', { username: 'nobody', password: 'x' });
  await logIn('l04 empty user name', { username: '', password: 'x' });
  await logIn('l05 empty password', { username: 'ann', password: '' });
  await logIn('l06 email as user name', { username: 'ann@example.com', password: 'annpass' });
};

const withThirdParties = async (asking: Asking): Promise<void> => {
  const logInWith = (name: string, authData: JsonObject, fields?: JsonObject): Promise<unknown> =>
    asking.graphql(name, LOG_IN_WITH, { i: { authData, ...(fields && { fields }) } });
  await logInWith('l07 logInWith anonymous', { anonymous: { id: '00000000-0000-0000-0000-000000000001' } });
  await logInWith('l08 logInWith unknown provider', { nope: { id: '1' } });
  await logInWith('l09 logInWith valid', { fake: { id: '1', access_token: 'valid' } });
  await logInWith('l10 logInWith again', { fake: { id: '1', access_token: 'valid' } });
  await logInWith('l11 logInWith bad token', { fake: { id: '1', access_token: 'bad' } });
  await logInWith('l12 logInWith no id', { fake: { access_token: 'valid' } });
  await logInWith('l13 logInWith empty', {});
  await logInWith('l14 logInWith fields', { fake: { id: '2', access_token: 'valid' } }, { email: 'faker@example.com' });
  const challenge =
    'mutation { challenge(input: { username: "ann", password: "annpass", challengeData: { fake: {} } }) { challengeData } }';
  await asking.graphql('l15 challenge mutation', challenge);
};

const overRest = async (asking: Asking, people: People): Promise<void> => {
  const post = (name: string, path: string, body: JsonObject): Promise<unknown> =>
    asking.ask(name, `/parse/${path}`, 'nobody', { body });
  const answer = await asking.ask('l20 REST login POST', '/parse/login', 'nobody', { body: CLEO });
  people.carry('C', at(answer, 'sessionToken'));
  await asking.ask('l21 REST login GET', `/parse/login${asQuery(CLEO)}`);
  await post('l22 REST login email', 'login', { email: 'cleo@example.com', password: 'cleopass' });
  await post('l23 REST wrong password', 'login', { username: 'cleo', password: 'wrong' });
  await post('l24 REST login nothing', 'login', {});
  await post('l25 REST login no password', 'login', { username: 'cleo' });
  await post('l26 REST login number', 'login', { username: 'cleo', password: 5 });
  await asking.ask('l27 verifyPassword GET', `/parse/verifyPassword${asQuery(CLEO)}`);
  await post('l28 verifyPassword POST', 'verifyPassword', CLEO);
  await asking.ask('l29 verifyPassword wrong', `/parse/verifyPassword${asQuery({ ...CLEO, password: 'wrong' })}`);
  await post('l30 loginAs no master', 'loginAs', { userId: people.id('A') });
  await post('l31 challenge REST', 'challenge', { ...CLEO, challengeData: { fake: {} } });
  const fake = { id: '1', access_token: 'valid' };
  await post('l32 REST authData valid', 'users', { authData: { fake } });
  await post('l33 REST authData unknown provider', 'users', { authData: { nope: { id: '1' } } });
  const asCleo = { token: people.token('C') };
  await asking.ask('l34 upgradeToRevocableSession', '/parse/upgradeToRevocableSession', asCleo, { body: {} });
};

const viewing = async (asking: Asking, people: People): Promise<void> => {
  const viewer = (name: string, token: string): Promise<unknown> =>
    asking.graphql(name, `{ viewer { sessionToken user { ${USER} } } }`, undefined, { token });
  await asking.graphql('v01 viewer no token', '{ viewer { sessionToken user { username } } }');
  await viewer('v02 viewer', people.token('A'));
  const dead = `r:${'0'.repeat(32)}`;
  await viewer('v03 viewer dead token', dead);
  await viewer('v04 viewer malformed token', 'nonsense');
  await asking.graphql('v05 health with dead token', '{ health }', undefined, { token: dead });
  const asCleo = { token: people.token('C') };
  await asking.ask('v06 users/me no token', '/parse/users/me');
  await asking.ask('v07 users/me', '/parse/users/me', asCleo);
  await asking.ask('v08 users/me dead', '/parse/users/me', { token: dead });
  await asking.ask('v09 sessions/me', '/parse/sessions/me', asCleo);
  await asking.ask('v10 sessions/me no token', '/parse/sessions/me');
  const asAnn = { token: people.token('A') };
  await asking.graphql('v11 authDataResponse/authData in viewer', '{ viewer { user { authData } } }', undefined, asAnn);
  await asking.graphql('v12 viewer + health partial', '{ viewer { user { username } } health }');
};

/** Logging in, and who one is then. */
export const loggingIn = async (asking: Asking, people: People): Promise<void> => {
  await withPassword(asking, people);
  await withThirdParties(asking);
  await overRest(asking, people);
  await viewing(asking, people);
};
