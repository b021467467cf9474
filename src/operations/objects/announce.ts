import type { Context, WriteNotice } from '../context.ts';

/** Tells of a write once it is safe; of one that was taken back, or that belongs to a life that is over, it tells nobody. */
export const announce = (write: WriteNotice, context: Context): void => {
  const { onWrite, store } = context;
  if (!onWrite) return;
  const tell = (): void => {
    if (!store.isOver) onWrite(write, context);
  };
  const settled = store.settled();
  if (settled) void settled.then(tell, () => undefined);
  else tell();
};
