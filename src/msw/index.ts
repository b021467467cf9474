/**
 * The emulator as handlers of MSW, in Node and in browsers.
 * @module parse-users-emulator/msw
 */
export { createHandlers, type HandlersOptions, type HandlersSource } from './handlers.ts';
