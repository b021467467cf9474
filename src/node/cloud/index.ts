/**
 * What the option `cloud` loads by itself.
 * @module parse-users-emulator/cloud
 */
export { loadCloud } from './load.ts';
