/** A worker of Cloudflare's that is an emulator: nothing is drawn before the first request, so that it may be made beside the handler. */
import { createEmulator } from 'parse-users-emulator';

const emulator = createEmulator({ bcryptRounds: 4, seed: { _User: [{ username: 'ann', password: 'secret' }] } });

export default { fetch: (request) => emulator.fetch(request) };
