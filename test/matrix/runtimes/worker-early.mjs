/** One that makes a user beside the handler, which workerd forbids: a user has an id, and an id is drawn. */
import { createEmulator } from 'parse-users-emulator';

const emulator = createEmulator({ bcryptRounds: 4 });
await emulator.users.create({ username: 'ann' });

export default { fetch: (request) => emulator.fetch(request) };
