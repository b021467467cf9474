/**
 * The emulator as a plugin of Vite's dev server.
 * @module parse-users-emulator/vite
 */
export type { ViteAddress, ViteConfig, ViteHttpServer, ViteServer } from './dev-server.ts';
export { type PluginOptions, parseUsersEmulator, type VitePlugin } from './plugin.ts';
