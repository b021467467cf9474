import { useEffect, useState } from 'react';
import type { ClockFace } from '../../src/client/index.ts';
import { useLoad } from '../lib/use-load.ts';
import { useConnection } from './host.ts';

type Reading = { readonly face: ClockFace; readonly readAt: number };

/** The emulator's time, in milliseconds since 1970, going on by itself; undefined before it is known. */
export const useClock = (): { readonly now: number | undefined; readonly isStopped: boolean } => {
  const connection = useConnection();
  const { value } = useLoad<Reading>(
    'clock',
    async () => ({ face: await connection.clock.read(), readAt: performance.now() }),
    'clock state',
  );
  const [, tick] = useState(0);
  const isGoing = value !== undefined && !value.face.isStopped;
  useEffect(() => {
    if (!isGoing) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [isGoing]);
  if (!value) return { now: undefined, isStopped: false };
  const { face, readAt } = value;
  const begun = Date.parse(face.now);
  return { now: face.isStopped ? begun : begun + performance.now() - readAt, isStopped: face.isStopped };
};
