/**
 * What takes Node: the server, and a JSON file that keeps the state.
 * @module parse-users-emulator/node
 */
export { type JsonFile, type JsonFileOptions, jsonFile } from './data-file/json-file.ts';
export {
  type FixtureRow,
  type Picture,
  type Progress,
  type Pulled,
  type PulledClass,
  type PullOptions,
  pull,
} from './remote/pull/pull.ts';
export {
  type Difference,
  type Outcome,
  type Report,
  type Step,
  type VerifyOptions,
  verify,
} from './remote/verify/verify.ts';
export { type Middleware, type NodeRequest, type NodeResponse, toMiddleware } from './server/middleware.ts';
export { createPlaygroundAssets as playgroundAssets } from './server/playground-assets.ts';
export { type EmulatorServer, type ServerOptions, startServer } from './server/serve.ts';
