import { useCallback, useEffect, useRef, useState } from 'react';
import { useEvents, useReconnected } from '../app/events.tsx';
import { useCurrent } from './use-current.ts';

/** A part of a long list, and how long all of it is. */
export type Part<Row> = { readonly rows: readonly Row[]; readonly count: number };

/** A long list that is read in parts, as far as it is looked at. */
export type Pages<Row> = {
  /** How long it is; undefined before anything was read. */
  readonly count: number | undefined;
  /** Why it could not be read. */
  readonly error: unknown;
  /** The row at a place; undefined as long as it is not read. */
  rowAt(index: number): Row | undefined;
  /** Reads what is looked at. */
  want(first: number, last: number): void;
  /** Reads anew what is looked at. */
  reload(): void;
};

/** How many rows are read together. */
export const PAGE = 100;

/** So many milliseconds pass until a list that has changed is read anew. */
const BETWEEN = 150;

type Known<Row> = {
  readonly key: string;
  readonly count: number | undefined;
  readonly error: unknown;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
};

const nothing = <Row>(key: string): Known<Row> => ({ key, count: undefined, error: undefined, pages: new Map() });

/** Reads a long list in parts, and anew when `key` is another or an event of these kinds has come. */
export const usePages = <Row>(
  key: string,
  load: (skip: number, limit: number) => Promise<Part<Row>>,
  kinds: string,
): Pages<Row> => {
  const [known, setKnown] = useState<Known<Row>>(() => nothing(key));
  const latest = useCurrent(load);
  const asked = useRef({ key, turn: 0, pages: new Set<number>(), first: 0, last: 0 });

  const readPage = useCallback((page: number): void => {
    const { key: mine, turn, pages } = asked.current;
    if (pages.has(page)) return;
    pages.add(page);
    const isMine = (): boolean => asked.current.key === mine && asked.current.turn === turn;
    latest.current(page * PAGE, PAGE).then(
      ({ rows, count }) => {
        if (!isMine()) return;
        setKnown((last) => {
          const before = last.key === mine ? last.pages : new Map<number, readonly Row[]>();
          return { key: mine, count, error: undefined, pages: new Map(before).set(page, rows) };
        });
      },
      (error: unknown) => {
        if (!isMine()) return;
        pages.delete(page);
        setKnown((last) => ({ ...(last.key === mine ? last : nothing<Row>(mine)), error }));
      },
    );
  }, []);

  const want = useCallback(
    (first: number, last: number): void => {
      asked.current.first = first;
      asked.current.last = last;
      for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page++) readPage(page);
    },
    [readPage],
  );

  const reload = useCallback((): void => {
    const { key: same, turn, first, last } = asked.current;
    asked.current = { key: same, turn: turn + 1, pages: new Set(), first, last };
    want(first, last);
  }, [want]);

  useEffect(() => {
    asked.current = { key, turn: asked.current.turn + 1, pages: new Set(), first: 0, last: 0 };
    want(0, 0);
  }, [key, want]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEvents(kinds, () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      reload();
    }, BETWEEN);
  });
  useReconnected(reload);

  const { count, error, pages } = known.key === key ? known : nothing<Row>(key);
  return { count, error, rowAt: (index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE], want, reload };
};
