import './globals.js';
import '../src/polyfills.js';
import { createHandlers } from 'parse-users-emulator/msw';
import { logIn } from '../src/account.js';
import { emulator, server } from '../src/mocks.js';

globalThis.app = { createHandlers, emulator, logIn, server };
