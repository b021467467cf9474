/** How many bytes of unfinished bodies are kept together, in bytes, beside what is free and what the first of them takes. */
const MOST_KEPT = 48 * 1024 ** 2;

/** How many bytes of each body never wait: a sign-up must not stand behind uploads that do not end. */
const FREE = 256 * 1024;

/** One body on its way. */
export interface Arrival {
  /** Counts what came. Returns whether more may come now; if not, `resume` is called once it may. */
  take(bytes: number): boolean;
  /** Gives back all that was counted. */
  end(): void;
}

/** The bodies that are on their way to one host. */
export interface Arrivals {
  begin(resume: () => void): Arrival;
}

/**
 * Counts the bodies that arrive, so that many unfinished ones do not fill the memory: beyond a bound all wait but the first, which
 * goes on to its own limit; then comes the next.
 */
export const createArrivals = (most: number = MOST_KEPT): Arrivals => {
  const arrivals = new Map<object, { counted: number; readonly resume: () => void }>();
  let kept = 0;

  const isFirst = (one: object): boolean => {
    for (const [key, { counted }] of arrivals) if (counted > 0) return key === one;
    return true;
  };

  return {
    begin(resume) {
      const key = {};
      let size = 0;
      const own = { counted: 0, resume };
      arrivals.set(key, own);
      return {
        take(bytes) {
          size += bytes;
          const counted = Math.max(0, size - FREE);
          kept += counted - own.counted;
          own.counted = counted;
          return counted === 0 || kept <= most || isFirst(key);
        },
        end() {
          if (!arrivals.delete(key)) return;
          kept -= own.counted;
          for (const waiting of arrivals.values()) waiting.resume();
        },
      };
    },
  };
};
