import { setupWorker } from 'msw/browser';
import { browserStorage, createEmulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';
import { printMail } from './mail.js';

/** Puts the emulator between this page and the network. A real server takes its place when this is not called. */
export const startBackend = async () => {
  const emulator = createEmulator({
    persistence: browserStorage('demo'),
    verifyUserEmails: true,
    bcryptRounds: 4,
  });
  printMail(emulator);
  await setupWorker(...createHandlers(emulator)).start({ quiet: true, onUnhandledRequest: 'bypass' });
  return emulator;
};
