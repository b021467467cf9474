import { setupServer } from 'msw/native';
import { createEmulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';

export const emulator = createEmulator({ bcryptRounds: 4 });
export const server = setupServer(...createHandlers(emulator, { resets: true }));
