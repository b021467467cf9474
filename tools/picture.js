// Draws docs/first-minute.svg, the picture of the README: what a terminal shows in the first minute. Nothing in it is made up: the command runs, and
// what it prints is drawn. It takes a build: `npm run build && node tools/picture.js`.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const fromRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Starts the command on a free port, and resolves with what it printed, its address, and how to stop it. */
const start = async (flags) => {
  const command = spawn(
    process.execPath,
    [fromRoot('bin/parse-users-emulator.js'), '--port', '0', '--memory', ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NO_COLOR: '1' },
    },
  );
  let printed = '';
  for await (const part of command.stdout) {
    printed += part;
    if (printed.includes('Try it:')) break;
  }
  const [url = ''] = /http:\/\/\S+(?=\/graphql)/.exec(printed) ?? [];
  return { printed, url, stop: () => command.kill() };
};

const SIGN_UP =
  'mutation { signUp(input: { fields: { username: "jane", password: "secret" } }) { viewer { sessionToken user { username } } } }';

const signUp = async (url) => {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: SIGN_UP }),
  });
  return JSON.stringify((await response.json()).data);
};

/** The banner as far as a person reads it before the first request, with the port that the README speaks of. */
const toBanner = ({ printed, url }) =>
  printed
    .slice(0, printed.indexOf('Try it:'))
    .trimEnd()
    .replaceAll(url, 'http://127.0.0.1:1337')
    .replace('in memory only', 'users.json')
    .split('\n');

const { printed, url, stop } = await start(['--seed', 'demo']);
const lines = [
  '$ npx parse-users-emulator --seed demo',
  ...toBanner({ printed, url }),
  '',
  "$ curl http://127.0.0.1:1337/graphql -H 'X-Parse-Application-Id: APPLICATION_ID' -H 'Content-Type: application/json' \\",
  `    -d '{"query":"mutation { signUp(input: { fields: { username: \\"jane\\", password: \\"secret\\" } }) { viewer { … } } }"}'`,
  await signUp(url),
];
stop();

const escapeText = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
const [WIDTH, LINE, LEFT, TOP] = [960, 19, 20, 52];
const height = TOP + lines.length * LINE + 8;

/** Commands stand out, addresses have a colour. */
const toSpan = (line, index) => {
  const text = escapeText(line).replace(/http:\/\/[\w.:/]+/g, (address) => `<tspan fill="#79c0ff">${address}</tspan>`);
  const own = line.startsWith('$') ? ' fill="#7ee787"' : '';
  return line === '' ? '' : `<text x="${LEFT}" y="${TOP + index * LINE}"${own}>${text}</text>`;
};

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="A terminal: the emulator starts, and signs up a user">
<rect width="${WIDTH}" height="${height}" rx="8" fill="#0d1117"/>
<circle cx="22" cy="18" r="6" fill="#ff5f57"/><circle cx="42" cy="18" r="6" fill="#febc2e"/><circle cx="62" cy="18" r="6" fill="#28c840"/>
<g font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12.5" fill="#e6edf3">
${lines.map(toSpan).filter(Boolean).join('\n')}
</g>
</svg>
`;
await writeFile(fromRoot('docs/first-minute.svg'), svg);
