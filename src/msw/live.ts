import { type WebSocketHandler, ws } from 'msw';
import type { Emulator } from '../emulator.ts';

/**
 * A WebSocket handler of MSW's for live queries. Where the emulator at hand has none, the connection goes where it was going.
 */
export const createLiveHandler = (rest: string, find: () => Emulator): WebSocketHandler =>
  ws.link(rest.replace(/^http/i, 'ws')).addEventListener('connection', ({ client, server }) => {
    const { options, live } = find();
    if (!options.liveQuery) return server.connect();
    const connection = live.connect({ send: (frame) => client.send(frame), close: () => client.close() });
    client.addEventListener('message', ({ data }) => connection.receive(String(data)));
    client.addEventListener('close', () => connection.end());
  });
