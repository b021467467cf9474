import { createContext, type ReactNode, use, useEffect, useState } from 'react';
import type { EmulatorEvent, WatchedEvent } from '../../src/client/index.ts';
import { useCurrent } from '../lib/use-current.ts';
import { useConnection } from './host.ts';

type Listener = (event: WatchedEvent) => void;

/** The stream of what happens in the emulator. */
export type EventSource = {
  /** Calls `listener` with each event; returns how to stop. */
  subscribe(listener: Listener): () => void;
  /** Whether the emulator is there, as far as anybody knows. */
  readonly isConnected: boolean;
};

const EventsContext = createContext<EventSource>({ subscribe: () => () => undefined, isConnected: true });

/** Opens one stream of events for all that is inside. */
export const EventsProvider = ({ children }: { readonly children: ReactNode }): ReactNode => {
  const connection = useConnection();
  const [listeners] = useState(() => new Set<Listener>());
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let isOver = false;
    let stop: (() => void) | undefined;
    const tell = (event: WatchedEvent): void => {
      if (isOver) return;
      if (event.kind === 'ready' || event.kind === 'lost') setConnected(event.kind === 'ready');
      for (const listener of [...listeners]) listener(event);
    };
    connection.watch(tell).then(
      (end) => {
        stop = end;
        if (isOver) end();
      },
      () => setConnected(false),
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [connection, listeners]);
  const [source] = useState(() => ({
    subscribe: (listener: Listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  }));
  return <EventsContext value={{ ...source, isConnected }}>{children}</EventsContext>;
};

/** Whether the emulator is there. */
export const useIsConnected = (): boolean => use(EventsContext).isConnected;

/** Calls `listener` with events of these kinds as long as the component is shown. Text, so that it stays the same. */
export const useEvents = (kinds: string, listener: (event: EmulatorEvent) => void): void => {
  const { subscribe } = use(EventsContext);
  const latest = useCurrent(listener);
  useEffect(() => {
    const wanted = kinds.split(' ');
    return subscribe((event) => {
      if (event.kind !== 'ready' && event.kind !== 'lost' && wanted.includes(event.kind)) latest.current(event);
    });
  }, [subscribe, kinds]);
};

/** Calls `listener` when the connection to the emulator is there again: what was shown may be old. */
export const useReconnected = (listener: () => void): void => {
  const { subscribe } = use(EventsContext);
  const latest = useCurrent(listener);
  useEffect(() => {
    let isFirst = true;
    return subscribe((event) => {
      if (event.kind === 'ready' && !isFirst) latest.current();
      if (event.kind === 'lost') isFirst = false;
    });
  }, [subscribe]);
};
