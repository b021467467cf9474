/**
 * What takes Node: the server, and a JSON file that keeps the state.
 * @module parse-users-emulator/node
 */
export { type JsonFile, type JsonFileOptions, jsonFile } from './json-file.ts';
export { type Middleware, type NodeRequest, type NodeResponse, toMiddleware } from './middleware.ts';
export { createPlaygroundAssets as playgroundAssets } from './playground-assets.ts';
export { type EmulatorServer, type ServerOptions, startServer } from './serve.ts';
