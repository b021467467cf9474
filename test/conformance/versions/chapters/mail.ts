import { type Asking, at } from '../asking.ts';
import { People } from './people.ts';

const VERIFY = 'mutation ($e: String!) { sendVerificationEmail(input: { email: $e }) { ok } }';

const signUp = (fields: string, wanted: string): string =>
  `mutation { signUp(input: { fields: ${fields} }) { viewer { ${wanted} } } }`;

const following = async (asking: Asking): Promise<void> => {
  const links = await asking.mails('13 mails', 'verifyEmail', true);
  const last = links.at(-1) ?? '';
  await asking.askBare('14 follow verify link', last);
  await asking.askBare('15 follow it again', last);
  await asking.askBare('16 follow first link', links[0] ?? '');
};

/** Addresses are verified (`verifyUserEmails`). */
export const verifying = async (asking: Asking): Promise<void> => {
  const wanted = 'sessionToken user { username email emailVerified }';
  const ann = '{ username: "ann", password: "annpass", email: "ann@example.com" }';
  const token = at(await asking.graphql('01 signUp', signUp(ann, wanted)), 'data', 'signUp', 'viewer', 'sessionToken');
  await asking.graphql('02 signUp no email', signUp('{ username: "bob", password: "bobpass" }', wanted));
  const people = new People();
  const cleo = { username: 'cleo', password: 'cleopass' };
  await people.meetOverRest(asking, '03 REST sign up', 'C', { ...cleo, email: 'cleo@example.com' });
  const logIn =
    'mutation { logIn(input: { username: "ann", password: "annpass" }) { viewer { sessionToken user { username emailVerified } } } }';
  await asking.graphql('04 logIn', logIn);
  await asking.ask('05 REST login', '/parse/login', 'nobody', { body: cleo });
  await asking.graphql('06 sendVerificationEmail known', VERIFY, { e: 'ann@example.com' });
  await asking.graphql('07 sendVerificationEmail unknown', VERIFY, { e: 'nobody@example.com' });
  await asking.graphql('08 sendVerificationEmail empty', VERIFY, { e: '' });
  const post = (name: string, body: { email?: string | number }): Promise<unknown> =>
    asking.ask(name, '/parse/verificationEmailRequest', 'nobody', { body });
  await post('09 REST known', { email: 'ann@example.com' });
  await post('10 REST unknown', { email: 'nobody@example.com' });
  await post('11 REST nothing', {});
  await post('12 REST number', { email: 5 });
  await following(asking);
  await asking.graphql('17 sendVerificationEmail verified', VERIFY, { e: 'ann@example.com' });
  await post('18 REST verified', { email: 'ann@example.com' });
  await asking.graphql('19 viewer after', '{ viewer { user { username emailVerified } } }', undefined, { token });
};

/** Nobody logs in before their address is verified (`preventLoginWithUnverifiedEmail`). */
export const unverified = async (asking: Asking): Promise<void> => {
  const ann = '{ username: "ann", password: "annpass", email: "ann@example.com" }';
  await asking.graphql('01 signUp', signUp(ann, 'sessionToken user { username }'));
  const logIn = 'mutation { logIn(input: { username: "ann", password: "annpass" }) { viewer { sessionToken } } }';
  await asking.graphql('02 logIn', logIn);
  const people = new People();
  await asking.ask('03 REST login', '/parse/login', 'nobody', { body: { username: 'ann', password: 'annpass' } });
  const cleo = { username: 'cleo', password: 'cleopass', email: 'cleo@example.com' };
  await people.meetOverRest(asking, '04 REST sign up', 'C', cleo);
  await people.meetOverRest(asking, '05 REST sign up no email', 'D', { username: 'dora', password: 'dorapass' });
  const eve = '{ username: "eve", password: "evepass", email: "eve@example.com" }';
  await asking.graphql('06 signUp viewer only username', signUp(eve, 'user { username }'));
};
