#!/usr/bin/env bash
# msw 2.15.0 on Node 20.20, which has no global WebSocket (Node 22 has).
#
# A server of MSW's with WebSocket handlers that listened and closed while there was no global WebSocket leaves something
# behind: once a WebSocket class is there (jsdom, a polyfill, the package ws) and a second server listens, each connection runs
# through the handlers of the second server twice, so that a client gets every message twice. With the class there from the
# beginning, it runs through them once.
#
# Seen:
#   with WebSocket from the start: second
#   with WebSocket later: second, second
#
# Exits 0 while that holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts msw@2.15.0 ws@8.21.0 node@20.20.2 >/dev/null 2>&1 ||
  npm install --silent --no-audit --no-fund msw@2.15.0 ws@8.21.0
cat >try.js <<'JS'
import { WebSocket as Socket } from 'ws';
delete globalThis.WebSocket; // as on Node 20
const isLate = process.argv[2] === 'late';
if (!isLate) globalThis.WebSocket = Socket;
const { setupServer } = await import('msw/node');
const { ws } = await import('msw');
const asked = [];
const make = (name) => setupServer(ws.link('*/chat').addEventListener('connection', () => asked.push(name)));
const first = make('first');
first.listen();
first.close();
if (isLate) globalThis.WebSocket = Socket;
const second = make('second');
second.listen();
const socket = new WebSocket('ws://localhost/chat');
await new Promise((resolve) => socket.addEventListener('open', resolve));
console.log(asked.sort().join(', '));
process.exit(0);
JS
early=$(node try.js early)
late=$(node try.js late)
echo "with WebSocket from the start: $early"
echo "with WebSocket later: $late"
[ "$early" = 'second' ] && [ "$late" = 'second, second' ]
