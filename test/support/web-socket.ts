import { WebSocket } from 'ws';

// Node has a WebSocket from version 22 on. MSW takes its place, and must find it the first time that it listens.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;
