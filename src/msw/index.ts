export { createHandlers, type HandlersOptions, type HandlersSource } from './handlers.ts';
