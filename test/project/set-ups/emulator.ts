import { createEmulator, type Emulator } from 'parse-users-emulator';

/** The emulator of a block that speaks of one. */
export const emulator: Emulator = createEmulator({ bcryptRounds: 4, verifyUserEmails: true });
