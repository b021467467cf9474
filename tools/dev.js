import { spawn } from 'node:child_process';
import { build } from 'tsdown';
import { build as buildPlayground } from 'vite';

/** `npm run dev`: builds on each change, and restarts the emulator on what was built; its data file stays. */
await buildPlayground({ configFile: 'playground/vite.config.ts', build: { watch: {} } });
await build({ logLevel: 'warn' }); // to its end: the one that watches resolves before it has built
await build({ watch: true, logLevel: 'warn', clean: false });

// Node restarts the command when a file that it has read changes; flags are handed on: npm run dev -- --port 4000
const args = ['--watch', '--watch-preserve-output', 'bin/parse-users-emulator.js', ...process.argv.slice(2)];
const emulator = spawn(process.execPath, args, { stdio: 'inherit' });
emulator.once('exit', (code) => process.exit(code ?? 0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => emulator.kill(signal));
