import type { Live, LiveConnection } from '../live/hub.ts';

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
