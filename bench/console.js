import { chromium } from 'playwright-core';
import { startServer } from '../dist/node.js';

/** The console with 100,000 users, in Chromium: `node bench/console.js`, on a built package. */
const COUNT = 100_000;

const user = (number) => ({
  username: `user${String(number).padStart(6, '0')}`,
  email: `user${number}@example.com`,
  _hashed_password: '$2a$04$abcdefghijklmnopqrstuuDFCXwOQ2D0P0nNw6q0nG9r5T5i5n3qS',
});

const round = (milliseconds) => `${Math.round(milliseconds)} ms`;

const middle = (figures) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)];

const seed = { _User: Array.from({ length: COUNT }, (_, number) => user(number)) };
const server = await startServer({ port: 0, bcryptRounds: 4, prepare: (emulator) => emulator.seed(seed) });
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });

try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const views = [];
  for (let run = 0; run < 5; run++) {
    await page.goto('about:blank');
    const begun = performance.now();
    await page.goto(`${server.url}/console`);
    await page.locator('tbody tr td:nth-child(2)').first().waitFor();
    views.push(performance.now() - begun);
  }
  console.log(`first view of ${COUNT} users: ${round(middle(views))} (middle of ${views.length})`);

  const searches = [];
  for (const text of ['99', 'user0123', 'example.com', '4711', 'nobody']) {
    const begun = performance.now();
    await (await fetch(`${server.url}/emulator/objects?search=${text}&order=-createdAt`)).json();
    searches.push(performance.now() - begun);
  }
  console.log(`search: ${round(middle(searches))}, the slowest ${round(Math.max(...searches))} of ${searches.length}`);

  const longest = await page.evaluate(async () => {
    const scroller = document.querySelector('.pue-table-scroll');
    const gaps = [];
    let last = performance.now();
    for (let frame = 0; frame < 240; frame++) {
      scroller.scrollTop += 2000;
      await new Promise(requestAnimationFrame);
      const now = performance.now();
      gaps.push(now - last);
      last = now;
    }
    return Math.max(...gaps);
  });
  console.log(`scrolling, 50 rows a frame: the longest frame ${round(longest)} of 240`);
} finally {
  await browser.close();
  await server.close();
}
