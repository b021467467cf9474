import { defineConfig } from '@playwright/test';

// Chromium has affairs of its own, which a test has no need of
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];

export default defineConfig({
  testDir: 'test',
  fullyParallel: true,
  workers: 2,
  reporter: 'line',
  use: {
    sessionKey: 'sessionToken', // where app.js keeps it
    launchOptions: { executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args },
  },
});
