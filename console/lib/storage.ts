/** What the browser remembers for the console. A browser that remembers nothing does no harm. */
export const recall = (name: string): string | undefined => {
  try {
    return localStorage.getItem(`parse-users-emulator:${name}`) ?? undefined;
  } catch {
    return undefined;
  }
};

/** Has the browser remember something; undefined: forget it. */
export const remember = (name: string, value: string | undefined): void => {
  try {
    if (value === undefined) localStorage.removeItem(`parse-users-emulator:${name}`);
    else localStorage.setItem(`parse-users-emulator:${name}`, value);
  } catch {}
};
