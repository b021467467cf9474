import { createEmulator } from 'parse-users-emulator';
import demo from 'parse-users-emulator/fixtures/demo.json' with { type: 'json' };
import { jsonFile, playgroundAssets, toMiddleware } from 'parse-users-emulator/node';

/** Puts an emulator into Vite's dev server; `file` keeps its users, which begin as those of the demo. */
export const emulatorPlugin = ({ file, ...options } = {}) => ({
  name: 'parse-users-emulator',
  apply: 'serve',
  async configureServer(server) {
    const emulator = createEmulator({
      playgroundAssets: playgroundAssets(),
      ...(file && { persistence: jsonFile(file) }),
      ...options,
    });
    await emulator.ready;
    if (!emulator.snapshot()._User) await emulator.seed(demo);
    server.middlewares.use(toMiddleware(emulator));
    const close = server.close.bind(server);
    server.close = async () => {
      await close();
      await emulator.close();
    };
  },
});
