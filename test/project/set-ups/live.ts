import { setupServer } from 'msw/node';
import Parse from 'parse/node';
import { createEmulator, type Emulator } from 'parse-users-emulator';
import { createHandlers } from 'parse-users-emulator/msw';
import { onTestFinished } from 'vitest';

export { Parse };

/** What runs at port 1337, with live queries. */
export const emulator: Emulator = createEmulator({
  liveQuery: { classNames: ['Todo', '_User'] },
  allowClientClassCreation: true,
});

const server = setupServer(...createHandlers(emulator, { url: 'http://localhost:1337/graphql' }));
server.listen();
Parse.CoreManager.setWebSocketController(WebSocket as never);
const sdk = Parse as unknown as { initialize(appId: string): void; LiveQuery: { close(): Promise<void> } };
sdk.initialize('APPLICATION_ID');
Parse.serverURL = 'http://localhost:1337/parse';

onTestFinished(async () => {
  await sdk.LiveQuery.close();
  server.close();
});
