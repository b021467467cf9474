import type { Context, WriteNotice } from './context.ts';

/** Tells of a write once it is safe; of one that was taken back, or that belongs to a life that is over, it tells nobody. */
export const announce = (write: WriteNotice, context: Context): void => {
  const { live, store } = context;
  if (!live?.isLive(write.className)) return;
  const tell = (): void => {
    if (!store.isOver) live.publish(write, context);
  };
  const settled = store.settled();
  if (settled) void settled.then(tell, () => undefined);
  else tell();
};
