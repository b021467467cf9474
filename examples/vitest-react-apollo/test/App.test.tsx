import { ApolloProvider } from '@apollo/client/react';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createTest, expect } from 'parse-users-emulator/vitest';
import { afterEach } from 'vitest';
import { App } from '../src/App.tsx';
import { createClient, session } from '../src/client.ts';

const test = createTest({
  seed: { _User: [{ username: 'johndoe', password: 'ASuperStrongPassword' }] },
  sessionLength: 3600,
  onUnhandledRequest: 'error',
});

afterEach(() => {
  cleanup();
  session.end();
});

const open = (): void => {
  render(
    <ApolloProvider client={createClient()}>
      <App />
    </ApolloProvider>,
  );
};

const fillIn = async (username: string, password: string, button: 'Sign up' | 'Log in'): Promise<void> => {
  await userEvent.type(screen.getByPlaceholderText('Name'), username);
  await userEvent.type(screen.getByPlaceholderText('Password'), password);
  await userEvent.click(screen.getByRole('button', { name: button }));
};

test('signs up', async ({ emulator }) => {
  open();
  await fillIn('ann', 'secret', 'Sign up');
  expect(await screen.findByText('Welcome, ann')).toBeTruthy();
  expect(await emulator.users.find('ann')).toMatchObject({ username: 'ann' });
});

test('says that a name is taken', async () => {
  open();
  await fillIn('johndoe', 'secret', 'Sign up');
  expect((await screen.findByRole('alert')).textContent).toBe('Account already exists for this username.');
});

test('logs in and out', async () => {
  open();
  await fillIn('johndoe', 'ASuperStrongPassword', 'Log in');
  expect(await screen.findByText('Welcome, johndoe')).toBeTruthy();
  await userEvent.click(screen.getByText('Log out'));
  expect(await screen.findByText('Log in')).toBeTruthy();
  expect(session.get()).toBeNull();
});

test('says that the password is wrong', async () => {
  open();
  await fillIn('johndoe', 'wrong', 'Log in');
  expect((await screen.findByRole('alert')).textContent).toBe('Invalid username/password.');
});

test('shows the last problem alone', async () => {
  open();
  await fillIn('johndoe', 'wrong', 'Sign up');
  await screen.findByText('Account already exists for this username.');
  await userEvent.click(screen.getByText('Log in'));
  expect(await screen.findByText('Invalid username/password.')).toBeTruthy();
  expect(screen.getAllByRole('alert')).toHaveLength(1);
});

test('is still logged in after a reload', async () => {
  open();
  await fillIn('johndoe', 'ASuperStrongPassword', 'Log in');
  await screen.findByText('Welcome, johndoe');
  cleanup();
  open(); // with a client and a cache of its own
  expect(await screen.findByText('Welcome, johndoe')).toBeTruthy();
});

test('asks to log in again once the session has expired', async ({ asUser, emulator }) => {
  session.begin((await asUser('johndoe')).sessionToken);
  open();
  await screen.findByText('Welcome, johndoe');
  emulator.clock.advance({ hours: 2 });
  await userEvent.click(screen.getByText('Refresh'));
  expect((await screen.findByRole('alert')).textContent).toBe('Your session is over.');
  await userEvent.click(await screen.findByText('Log in again'));
  await fillIn('johndoe', 'ASuperStrongPassword', 'Log in');
  expect(await screen.findByText('Welcome, johndoe')).toBeTruthy();
});

test('says what went wrong when the server is out of order, and goes on', async ({ emulator }) => {
  emulator.faults.add({ operation: 'LogIn', status: 503, times: 1 });
  open();
  await fillIn('johndoe', 'ASuperStrongPassword', 'Log in');
  expect((await screen.findByRole('alert')).textContent).toContain('503');
  await userEvent.click(screen.getByText('Log in'));
  expect(await screen.findByText('Welcome, johndoe')).toBeTruthy();
});

test('stays logged in through a failure of the network', async ({ asUser, emulator }) => {
  emulator.faults.add({ operation: 'Viewer', network: true, times: 1 });
  session.begin((await asUser('johndoe')).sessionToken);
  open();
  await userEvent.click(await screen.findByText('Try again'));
  expect(await screen.findByText('Welcome, johndoe')).toBeTruthy();
});
