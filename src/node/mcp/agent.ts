import { connect } from '../../client/connect.ts';
import { OPTIONS } from '../../options/table.ts';
import { type loadSdk, serveTools } from './server.ts';
import type { Subject } from './tool.ts';

/** The emulator at an address. Throws for what is not an address. */
export const toSubject = (url: string, appId: string | undefined, masterKey: string | undefined): Subject => ({
  emulator: connect(url, { appId, masterKey }),
  masterKey: masterKey ?? OPTIONS.masterKey.default,
});

/** Serves an agent until it is gone, or until somebody stops the process. Rejects when there is no emulator. */
export const meetAgent = async (
  sdk: ReturnType<typeof loadSdk>,
  version: string,
  subject: Subject,
  stopped: Promise<unknown>,
): Promise<number> => {
  await subject.emulator.about();
  const { gone, close } = await serveTools(sdk, version, subject);
  await Promise.race([gone, stopped]);
  await close();
  return 0;
};
