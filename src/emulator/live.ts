import { isSecret } from '../http/credentials/credentials.ts';
import { createLiveHub, type Live, type LiveConnection } from '../live/hub.ts';
import type { Context } from '../operations/context.ts';
import { newUuid } from '../operations/random.ts';
import type { Cloud } from './cloud.ts';

const applicationIdIn = (frame: string): string | undefined => {
  try {
    const id: unknown = Reflect.get(Object(JSON.parse(frame)), 'applicationId');
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
};

/** Live queries where there are further applications: a socket belongs to the one that its first frame names. */
export const shareLive = (own: Live, find: (appId: string | undefined) => Live | undefined): Live => ({
  ...own,
  connect(socket) {
    let connection: LiveConnection | undefined;
    return {
      receive(frame) {
        connection ??= (find(applicationIdIn(frame)) ?? own).connect(socket);
        connection.receive(frame);
      },
      end: () => connection?.end(),
    };
  },
});

/** A context whose writes live queries hear of, if any class is live. */
export const withLive = (
  context: Context,
  cloud: Cloud,
  whenReady: () => Promise<void>,
): { readonly context: Context; readonly live: Live } => {
  const { random, options } = context;
  const hub = createLiveHub({
    ...context,
    isSecret,
    newClientId: () => newUuid(random),
    triggers: cloud.live,
    whenReady,
  });
  return { context: options.liveQuery ? { ...context, live: hub } : context, live: hub };
};
