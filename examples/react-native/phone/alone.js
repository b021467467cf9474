import './globals.js';
import 'fast-text-encoding';
import { createEmulator } from 'parse-users-emulator';
import { logIn } from '../src/account.js';

globalThis.app = { emulator: createEmulator({ bcryptRounds: 4 }), logIn };
