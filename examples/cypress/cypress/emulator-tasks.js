import { connect } from 'parse-users-emulator/client';

/** The emulator as tasks of Cypress's. What they are given and return is JSON, and never undefined, which Cypress takes for a mistake. */
export const emulatorTasks = (url = process.env.PARSE_EMULATOR_URL ?? 'http://localhost:1337') => {
  const emulator = connect(url);
  return {
    'emulator:reset': async () => {
      await emulator.reset();
      return null;
    },
    'emulator:createUser': (fields) => emulator.users.create(fields),
    /** What a browser keeps in which the user is logged in: `[{ name, value }]` for `localStorage`. */
    'emulator:logIn': async ({ username, origin, key }) => {
      const { origins } = await emulator.storageStateFor(username, { origin, ...(key && { key }) });
      return origins[0].localStorage;
    },
    /** The newest mail that fits, as soon as there is one: `{ to, kind, timeout }`. */
    'emulator:mail': (wish) => emulator.outbox.waitFor(wish ?? {}),
    'emulator:fault': (fault) => emulator.faults.add(fault),
    'emulator:advance': (duration) => emulator.clock.advance(duration),
    'emulator:requests': () => emulator.requests(),
  };
};
