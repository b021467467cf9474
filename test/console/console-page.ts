import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { type EmulatorServer, type ServerOptions, startServer } from '../../src/node/index.ts';
import { launchChromium } from '../support/browser.ts';

const pathTo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** `npm test` builds before it tests; one who tests this room alone need not. */
export const buildConsole = async (): Promise<void> => {
  if (!existsSync(pathTo('dist/console/console.js'))) await build({ configFile: pathTo('console/vite.config.ts') });
};

/** A console in a browser, before a server of its own. */
export type OpenConsole = {
  readonly server: EmulatorServer;
  readonly page: Page;
  /** What went wrong in the page, refusals of its Content-Security-Policy among it. */
  readonly faults: readonly string[];
  /** The origins that the page asked. */
  readonly origins: ReadonlySet<string>;
  /** Shows a screen by its path: `/users`. */
  show(path: string): Promise<void>;
  close(): Promise<void>;
};

/** Chromium tells of each answer that is a refusal; the console shows what it says. */
const REFUSAL = /^Failed to load resource: the server responded with a status of 400/;

const watchPage = (page: Page, faults: string[], origins: Set<string>): void => {
  page.on('request', (request) => void origins.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !REFUSAL.test(message.text())) faults.push(message.text());
  });
};

/** Opens the console of a new server. */
export const openConsole = async (
  options: ServerOptions = {},
  view: { readonly width: number; readonly height: number } = { width: 1280, height: 800 },
): Promise<OpenConsole> => {
  await buildConsole();
  const server = await startServer({ port: 0, bcryptRounds: 4, ...options });
  const browser: Browser = await launchChromium();
  const context = await browser.newContext({ viewport: view, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const faults: string[] = [];
  const origins = new Set<string>();
  watchPage(page, faults, origins);
  await page.goto(`${server.url}/`);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return {
    server,
    page,
    faults,
    origins,
    show: async (path) => {
      await page.goto(`${server.url}/console#${path}`);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
};
