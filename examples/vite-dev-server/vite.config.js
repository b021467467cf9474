import demo from 'parse-users-emulator/fixtures/demo.json' with { type: 'json' };
import { parseUsersEmulator } from 'parse-users-emulator/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [parseUsersEmulator({ db: 'users.json', seed: demo, bcryptRounds: 4 })] });
