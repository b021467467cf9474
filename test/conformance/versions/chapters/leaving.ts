import type { Asking } from '../asking.ts';
import { LOG_IN } from './documents.ts';
import type { People } from './people.ts';

const CONFIRM = (input: string): string => `mutation { confirmResetPassword(input: ${input}) { ok } }`;
const RESET =
  'mutation ($e: String!) { resetPassword(input: { email: $e, clientMutationId: "q" }) { clientMutationId ok } }';
const VERIFY = 'mutation ($e: String!) { sendVerificationEmail(input: { email: $e }) { ok } }';

const askingForMail = async (asking: Asking): Promise<void> => {
  await asking.graphql('m01 resetPassword known', RESET, { e: 'bob@example.com' });
  await asking.graphql('m02 resetPassword unknown', RESET, { e: 'nobody@example.com' });
  await asking.graphql('m03 resetPassword bad address', RESET, { e: 'nonsense' });
  await asking.graphql('m04 resetPassword empty', RESET, { e: '' });
  const post = (name: string, path: string, body: { email?: string | number }): Promise<unknown> =>
    asking.ask(name, `/parse/${path}`, 'nobody', { body });
  await post('m05 REST requestPasswordReset', 'requestPasswordReset', { email: 'bob@example.com' });
  await post('m06 REST requestPasswordReset unknown', 'requestPasswordReset', { email: 'nobody@example.com' });
  await post('m07 REST requestPasswordReset nothing', 'requestPasswordReset', {});
  await post('m08 REST requestPasswordReset number', 'requestPasswordReset', { email: 5 });
  await asking.graphql('m09 sendVerificationEmail known', VERIFY, { e: 'bob@example.com' });
  await asking.graphql('m10 sendVerificationEmail unknown', VERIFY, { e: 'nobody@example.com' });
  await post('m11 REST verificationEmailRequest', 'verificationEmailRequest', { email: 'bob@example.com' });
  await post('m12 REST verificationEmailRequest nothing', 'verificationEmailRequest', {});
};

const resetting = async (asking: Asking, people: People): Promise<void> => {
  const links = await asking.mails('m13 mails', 'resetPassword');
  const link = links.at(-1) ?? '';
  await asking.askBare('m14 follow reset link', link);
  const token = new URL(link).searchParams.get('token') ?? '';
  await asking.graphql(
    'm15 confirmResetPassword bad token, username',
    CONFIRM('{ username: "bob", token: "bad", password: "newpass" }'),
  );
  await asking.graphql(
    'm16 confirmResetPassword bad token, no username',
    CONFIRM('{ token: "bad", password: "newpass" }'),
  );
  await asking.graphql('m17 confirmResetPassword, no username', CONFIRM(`{ token: "${token}", password: "newpass" }`));
  await asking.graphql(
    'm18 confirmResetPassword, username',
    CONFIRM(`{ username: "bob", token: "${token}", password: "newpass" }`),
  );
  await asking.graphql('m19 logIn with new password', LOG_IN, { i: { username: 'bob', password: 'newpass' } });
  const bob = { token: people.token('B') };
  await asking.graphql('m20 token after reset', '{ viewer { user { username } } }', undefined, bob);
  const page = (name: string): string => `/parse/apps/APPLICATION_ID/${name}?token=bad&username=bob`;
  await asking.askBare('m21 bad reset link', page('request_password_reset'));
  await asking.askBare('m22 bad verify link', page('verify_email'));
};

const loggingOut = async (asking: Asking, people: People): Promise<void> => {
  const ann = { token: people.token('A') };
  const logOut = (fields: string): string => `mutation { logOut(input: { clientMutationId: "k" }) { ${fields} } }`;
  await asking.graphql('o01 logOut asks ok', logOut('clientMutationId ok'), undefined, ann);
  await asking.graphql('o02 logOut asks viewer', logOut('viewer { sessionToken }'), undefined, ann);
  await people.logIn(asking, 'A', 'ann', 'annpass');
  const again = { token: people.token('A') };
  await asking.graphql('o03 logOut', logOut('clientMutationId'), undefined, again);
  await asking.graphql('o04 viewer after logOut', '{ viewer { user { username } } }', undefined, again);
  await asking.graphql('o05 logOut no token', 'mutation { logOut(input: {}) { clientMutationId } }');
  await asking.graphql('o06 logOut dead token', logOut('clientMutationId'), undefined, again);
  await asking.graphql('o07 logOut without input', 'mutation { logOut { clientMutationId } }');
  const cleo = { token: people.token('C') };
  const post = { body: {} };
  await asking.ask('o08 REST logout no token', '/parse/logout', 'nobody', post);
  await asking.ask('o09 REST logout dead', '/parse/logout', again, post);
  await asking.ask('o10 REST logout', '/parse/logout', cleo, post);
  await asking.ask('o11 REST users/me after logout', '/parse/users/me', cleo);
};

/** Mail, new passwords, and logging out. */
export const leaving = async (asking: Asking, people: People): Promise<void> => {
  await askingForMail(asking);
  await resetting(asking, people);
  await loggingOut(asking, people);
};
