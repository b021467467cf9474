import { expect, userEvent, within } from 'storybook/test';
import { Account } from './account.jsx';
import { withUsers } from './with-users.js';

export default { component: Account };

const JOHN = { username: 'johndoe', password: 'ASuperStrongPassword' };

const sees = async (canvasElement, text) =>
  expect(await within(canvasElement).findByText(text)).toHaveAttribute('role', 'status');

export const LoggedOut = {
  ...withUsers({ seed: { _User: [JOHN] } }),
  play: ({ canvasElement }) => sees(canvasElement, 'Please log in'),
};

export const LoggedIn = {
  ...withUsers({ seed: { _User: [JOHN] }, user: 'johndoe' }),
  play: ({ canvasElement }) => sees(canvasElement, 'Welcome, johndoe'),
};

export const Unconfirmed = {
  ...withUsers({
    seed: { _User: [{ ...JOHN, email: 'john.doe@email.com', emailVerified: false }] },
    user: 'johndoe',
    verifyUserEmails: true,
  }),
  play: ({ canvasElement }) => sees(canvasElement, 'Please confirm your address, johndoe'),
};

export const OutOfOrder = {
  ...withUsers({ seed: { _User: [JOHN] }, user: 'johndoe', faults: [{ network: true, times: 1 }] }),
  play: async ({ canvasElement }) => {
    await sees(canvasElement, 'We are out of order');
    await userEvent.click(within(canvasElement).getByRole('button'));
    await sees(canvasElement, 'Welcome, johndoe');
  },
};
