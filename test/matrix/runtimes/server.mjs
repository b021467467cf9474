/** What a runtime with Node's modules must do: serve, tell events, take a WebSocket, and keep users in a file. */
import assert from 'node:assert/strict';
import { connect } from 'parse-users-emulator/client';
import { startServer } from 'parse-users-emulator/node';

const db = 'users-of-runtime.json';
const first = await startServer({ port: 0, db, liveQuery: { classNames: ['_User'] } });
const emulator = connect(first.url);
const heard = [];
const stop = await emulator.watch(({ kind }) => heard.push(kind));
await emulator.users.create({ username: 'ann' });
const response = await fetch(`${first.url}/parse/login?username=ann&password=secret`, {
  headers: { 'X-Parse-Application-Id': 'APPLICATION_ID' },
});
assert.equal((await response.json()).username, 'ann');
assert.deepEqual(heard.slice(0, 2), ['ready', 'change']);
stop();

const socket = new WebSocket(`${first.url.replace('http', 'ws')}/parse`);
const answer = await new Promise((resolve, reject) => {
  socket.onerror = reject;
  socket.onopen = () => socket.send(JSON.stringify({ op: 'connect', applicationId: 'APPLICATION_ID' }));
  socket.onmessage = ({ data }) => resolve(JSON.parse(data).op);
});
assert.equal(answer, 'connected');
socket.close();
await first.close();

const second = await startServer({ port: 0, db });
assert.equal((await second.emulator.users.find('ann')).username, 'ann');
await second.close();
console.log('serves');
