#!/usr/bin/env bash
# parse 8.6.2 (the JavaScript SDK) on Node 20.20.
#
# The SDK takes hold of a class of sockets for live queries when it is loaded: parse/node of the one of the package ws, whatever
# the global WebSocket is, and the build for browsers of the global one as it is at that moment. A library that puts itself in the
# place of the global WebSocket afterwards, as MSW does when it begins to listen, is passed by in silence: subscribe() goes to the
# network. CoreManager.setWebSocketController(WebSocket), called then, makes the SDK use the new one.
#
# Seen:
#   parse/node uses the global class: false
#   parse for browsers uses the class that came later: false
#   after setWebSocketController: true
#
# Exits 0 while that holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts parse@8.6.2
cat >try.cjs <<'JS'
class Early {}
class Late {}
globalThis.WebSocket = Early;
const node = require('parse/node').CoreManager;
const browser = require('parse/lib/browser/Parse.js');
const { CoreManager } = browser.default ?? browser;
globalThis.WebSocket = Late;
console.log(`parse/node uses the global class: ${node.getWebSocketController() === Early || node.getWebSocketController() === Late}`);
console.log(`parse for browsers uses the class that came later: ${CoreManager.getWebSocketController() === Late}`);
CoreManager.setWebSocketController(globalThis.WebSocket);
console.log(`after setWebSocketController: ${CoreManager.getWebSocketController() === Late}`);
JS
output=$(node try.cjs)
echo "$output"
[ "$output" = 'parse/node uses the global class: false
parse for browsers uses the class that came later: false
after setWebSocketController: true' ]
