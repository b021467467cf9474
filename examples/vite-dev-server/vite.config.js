import { defineConfig } from 'vite';
import { emulatorPlugin } from './emulator-plugin.js';

export default defineConfig({ plugins: [emulatorPlugin({ file: 'users.json' })] });
