import { createEmulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';

/**
 * The state of one story: what there is (`seed`), who is logged in (`user`), what goes wrong (`faults`), with any option of the
 * emulator. It begins anew each time that the story is shown.
 */
export const withUsers = ({ seed = {}, user, faults = [], ...options } = {}) => {
  const emulator = createEmulator({ bcryptRounds: 4, ...options });
  let seeded;
  return {
    parameters: { msw: { handlers: createHandlers(emulator) } },
    beforeEach: async () => {
      seeded ??= emulator.seed(seed);
      await seeded;
      await emulator.reset();
      if (user) localStorage.setItem('sessionToken', await emulator.users.logIn(user));
      for (const fault of faults) emulator.faults.add(fault);
      return () => localStorage.removeItem('sessionToken');
    },
  };
};
