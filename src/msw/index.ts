export { createHandlers, type HandlersOptions } from './handlers.ts';
