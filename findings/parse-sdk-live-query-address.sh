#!/usr/bin/env bash
# parse 8.6.2 (the SDK, as parse/node).
#
# The address of live queries is made of Parse.serverURL when the first client of them is made, and is then written down as if the
# application had set it: Parse.liveQueryServerURL, which was null, has a value. Another Parse.serverURL does not change it, nor does a
# client made anew: a test suite that moves the SDK from one server to the next goes on listening to the first, and waits for ever. Setting
# Parse.CoreManager.set('LIVEQUERY_SERVER_URL', null) beside serverURL helps.
#
# Seen:
#   before: null
#   first: ws://one.example:1/parse
#   second: ws://one.example:1/parse
#   set back: ws://two.example:2/parse
#
# Exits 0 while that holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts parse@8.6.2
cat > look.js <<'JS'
import Parse from 'parse/node';

const controller = Parse.CoreManager.getLiveQueryController();
const addressOf = async () => {
  controller.setDefaultLiveQueryClient(undefined);
  return (await controller.getDefaultLiveQueryClient()).serverURL;
};
Parse.initialize('APPLICATION_ID');
Parse.serverURL = 'http://one.example:1/parse';
console.log(`before: ${Parse.liveQueryServerURL}`);
console.log(`first: ${await addressOf()}`);
Parse.serverURL = 'http://two.example:2/parse';
console.log(`second: ${await addressOf()}`);
Parse.CoreManager.set('LIVEQUERY_SERVER_URL', null);
console.log(`set back: ${await addressOf()}`);
JS
seen=$(node look.js)
echo "$seen"
[ "$seen" = "before: null
first: ws://one.example:1/parse
second: ws://one.example:1/parse
set back: ws://two.example:2/parse" ]
