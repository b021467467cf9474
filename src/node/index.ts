export { type JsonFile, type JsonFileOptions, jsonFile } from './json-file.ts';
export { type EmulatorServer, type ServerOptions, startServer } from './serve.ts';
