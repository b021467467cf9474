import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, inBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { type OpenConsole, openConsole } from './console-page.ts';

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const DIST = new URL('../../dist/console/', import.meta.url);

const SCREENS = [
  '/users',
  '/users/hostileId1',
  '/inbox/1',
  '/requests/1',
  '/clock',
  '/faults',
  '/objects/_Role',
  '/objects/_User/hostileId1',
  '/state',
  '/application',
  '/live',
];

const HOSTILE = '<img src=x onerror="window.struck = true"><script>window.struck = true</script>';
const RIGHT_TO_LEFT = '\u202Eevil\u202C שלום';

type Violation = {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
};

/** What axe-core finds wrong with a page, a line for each. */
const violationsOf = async (page: Page): Promise<string[]> => {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const violations: Violation[] = await page.evaluate(async () => {
    const { violations: found } = await Reflect.get(window, 'axe').run(document, { resultTypes: ['violations'] });
    return found;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`),
  );
};

/** Whether something sticks out of the page to the side. */
const sticksOut = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

describe.skipIf(!findChromium())(inBrowser('how the console looks'), () => {
  let open: OpenConsole;

  beforeAll(async () => {
    open = await openConsole({
      verifyUserEmails: true,
      allowCustomObjectId: true,
      liveQuery: { classNames: ['Todo'] },
      seed: {
        schemas: [{ className: '_User', fields: { bio: { type: 'String' }, note: { type: 'Object' } } }],
        _User: [
          {
            objectId: 'hostileId1',
            username: HOSTILE,
            password: 'secret',
            email: 'hostile@example.com',
            bio: 'x'.repeat(100_000),
            note: { [RIGHT_TO_LEFT]: HOSTILE },
          },
          { username: RIGHT_TO_LEFT, password: 'secret' },
          { username: 'javascript:alert(1)', password: 'secret', bio: 'https://example.com/not-a-link' },
        ],
      },
    });
    const { url, emulator } = open.server;
    const headers = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
    const body = JSON.stringify({ email: 'hostile@example.com' });
    await fetch(`${url}/parse/requestPasswordReset`, { method: 'POST', headers, body });
    await fetch(`${url}/parse/login?username=${encodeURIComponent(HOSTILE)}&password=no`, { headers });
    await emulator.users.logIn(HOSTILE);
  });
  afterAll(() => open?.close());

  const look = async (path: string, theme: 'light' | 'dark'): Promise<void> => {
    const { page, show } = open;
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await show(path);
    await page.locator('.pue-screen-title').waitFor();
    await eventually(async () => expect(await page.locator('.pue-waiting').count()).toBe(0));
  };

  it.each(SCREENS.flatMap((path) => [[path, 'light'] as const, [path, 'dark'] as const]))(
    '%s violates no rule of axe-core in the %s theme',
    async (path, theme) => {
      await look(path, theme);
      expect(await violationsOf(open.page)).toEqual([]);
    },
  );

  it.each(SCREENS)('%s fits 390 pixels, hostile data among it', async (path) => {
    await open.page.setViewportSize({ width: 390, height: 780 });
    await look(path, 'light');
    expect(await sticksOut(open.page)).toBe(false);
    await open.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('shows hostile data as text', async () => {
    const { page } = open;
    await look('/users', 'light');
    await page.getByText(HOSTILE).first().waitFor();
    await page.getByText('javascript:alert(1)').waitFor();
    expect(await page.locator('main a').count()).toBe(0);
    expect(await page.evaluate(() => Reflect.get(window, 'struck'))).toBeUndefined();
    const heights = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    expect(new Set(heights)).toEqual(new Set([40]));
  });

  it('is used by the keyboard alone: to a user, through its parts, and out again', async () => {
    const { page } = open;
    await look('/users', 'light');
    await page.getByRole('searchbox', { name: 'Search users' }).focus();
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 12; presses++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`Failed to reach ${selector} by Tab`);
    };
    await tabTo('tbody tr');
    await page.keyboard.press('ArrowDown');
    await eventually(async () =>
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-rowindex'))).toBe('3'),
    );
    await page.keyboard.press('Enter');
    await page.locator('.pue-detail').waitFor();
    await tabTo('[role=tab]');
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Sessions');
    await page.getByRole('button', { name: 'More about this user' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Set a password' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    // the focus comes back in a turn of its own
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'More about this user');
  });

  it('weighs at most 180 kB, gzipped, until it shows its first screen', async () => {
    const { page, server } = open;
    const loaded = new Set<string>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/console/')) loaded.add(pathname.slice('/console/'.length));
    });
    await page.goto('about:blank');
    await page.goto(`${server.url}/console`);
    await page.locator('tbody tr').first().waitFor();
    const sizes = await Promise.all(
      [...loaded].map(async (name) => gzipSync(await readFile(new URL(name, DIST))).length),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThanOrEqual(180_000);
  });

  it('went wrong nowhere', () => {
    expect(open.faults).toEqual([]);
  });
});
