#!/usr/bin/env bash
# parse-server 9.10.0, LiveQuery.
#
# Subscriptions of one class are grouped by a hash of their constraints, and a group is matched by the constraints of whoever came
# first. The hash of a query with $or is made of the members of $or alone: whatever stands beside it does not count, and an
# empty $or counts as no constraint at all. So a second subscription with the same $or and another constraint beside it
# hears the events of the first one's query.
#
# Seen:
#   the same $or, other constraints beside it, one hash: true
#   an empty $or and no constraint, one hash: true
#   the same constraints without $or, other values, one hash: false
#
# Exits 0 while that holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps parse-server@9.10.0
cat >try.cjs <<'JS'
const { queryHash } = require('parse-server/lib/LiveQuery/QueryTools');
const isOne = (one, other) => queryHash({ className: 'Todo', where: one }) === queryHash({ className: 'Todo', where: other });
const $or = [{ colour: 'red' }, { colour: 'blue' }];
console.log(`the same $or, other constraints beside it, one hash: ${isOne({ $or, size: 1 }, { $or, size: 2 })}`);
console.log(`an empty $or and no constraint, one hash: ${isOne({ $or: [] }, {})}`);
console.log(`the same constraints without $or, other values, one hash: ${isOne({ size: 1 }, { size: 2 })}`);
JS
output=$(node try.cjs)
echo "$output"
[ "$output" = 'the same $or, other constraints beside it, one hash: true
an empty $or and no constraint, one hash: true
the same constraints without $or, other values, one hash: false' ]
