import { createRoot } from 'react-dom/client';
import { connect } from '../src/client/index.ts';
import { Console } from './app/console.tsx';
import type { ConsoleHost } from './app/host.ts';
import { createHashRouter } from './app/route.ts';
import { addStyles } from './style/styles.ts';

/** The console as the page at `/console`: its emulator is the one that the page comes from. */
const host: ConsoleHost = {
  connection: connect(location.origin),
  fetch: (input, init) => fetch(input, init),
  kind: 'page',
};

addStyles();
const place = document.getElementById('console');
if (place) createRoot(place).render(<Console host={host} router={createHashRouter()} />);
