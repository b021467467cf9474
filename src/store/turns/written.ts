/** How long a page waits for what another one has written, in milliseconds: a person may have removed it by hand meanwhile. */
const LONGEST_WAIT = 1000;

/** Tells one text from another (FNV-1a, and the length). */
export const toMark = (text: string | null): string => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < (text ?? '').length; at += 1) {
    hash = Math.imul(hash ^ (text ?? '').charCodeAt(at), 0x01000193);
  }
  return `${text?.length ?? 'none'}-${(hash >>> 0).toString(36)}`;
};

/** Resolves when `isThere`, which other pages' writing may bring about, or after a second. */
export const untilWritten = (isThere: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      globalThis.removeEventListener('storage', look);
      resolve();
    };
    const look = (): void => {
      if (isThere()) end();
    };
    const timer = setTimeout(end, LONGEST_WAIT);
    globalThis.addEventListener('storage', look);
    look();
  });
