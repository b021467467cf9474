import { useCallback, useEffect, useRef, useState } from 'react';
import { useEvents, useReconnected } from '../app/events.tsx';
import { useCurrent } from './use-current.ts';

/** Something that is read from the emulator. */
export type Loaded<Value> = {
  /** The last that was read; undefined before the first. */
  readonly value: Value | undefined;
  /** Why the last attempt failed. */
  readonly error: unknown;
  /** Reads it anew. */
  reload(): void;
};

type Known<Value> = { readonly key: string; readonly value: Value | undefined; readonly error: unknown };

/** So many milliseconds pass until what has changed is read anew: many changes often come together. */
const BETWEEN = 120;

/**
 * Reads something, and again when `key` is another, or when an event of these kinds (their names with spaces between) has come. Of
 * answers that overtake each other, the last question counts.
 */
export const useLoad = <Value>(key: string, load: () => Promise<Value>, kinds = ''): Loaded<Value> => {
  const [known, setKnown] = useState<Known<Value>>({ key, value: undefined, error: undefined });
  const latest = useCurrent(load);
  const turn = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const read = useCallback((): void => {
    turn.current += 1;
    const mine = turn.current;
    latest.current().then(
      (value) => mine === turn.current && setKnown({ key, value, error: undefined }),
      (error: unknown) => mine === turn.current && setKnown((last) => ({ ...last, key, error })),
    );
  }, [key]);

  useEffect(() => {
    read();
    return () => {
      turn.current += 1;
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [read]);

  useEvents(kinds, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      read();
    }, BETWEEN);
  });
  useReconnected(read);
  const isSame = known.key === key;
  return { value: isSame ? known.value : undefined, error: isSame ? known.error : undefined, reload: read };
};
