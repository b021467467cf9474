// One walk through the application, at whatever server: what a client asks, and what it is answered.
const KEYS = { 'X-Parse-Application-Id': 'APPLICATION_ID', 'Content-Type': 'application/json' };
const MASTER = { 'X-Parse-Master-Key': 'MASTER_KEY' };

const SIGN_UP = `mutation ($username: String!) {
  signUp(input: { fields: { username: $username, password: "a secret" } }) { viewer { sessionToken user { username } } }
}`;
const SCORE = `mutation ($params: Object) {
  callCloudCode(input: { functionName: score, params: $params }) { result }
}`;

// Ids, tokens and dates differ from run to run, and a Parse Server in development shows its stack.
const plain = (answer) =>
  JSON.stringify(answer, (key, value) => (key === 'stacktrace' ? undefined : value))
    .replace(/r:[0-9a-f]{32}/g, 'TOKEN')
    .replace(/"objectId":"\w{10}"/g, '"objectId":"ID"')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'DATE');

/** Resolves with a line for each step. `url` is the address of the server, without a path. */
export const walk = async (url) => {
  const lines = [];
  const ask = async (told, path, body, headers = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { ...KEYS, ...headers },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    lines.push(`${told}: ${response.status} ${plain(answer)}`);
    return answer;
  };
  const graphql = (told, query, variables, headers) => ask(told, '/graphql', { query, variables }, headers);
  const find = (told, className, headers) =>
    ask(told, `/parse/classes/${className}`, { _method: 'GET', keys: 'score,rank' }, headers);

  await graphql('a name that is too short', SIGN_UP, { username: 'al' });
  const { data } = await graphql('a name with blanks and capitals', SIGN_UP, { username: ' Alice ' });
  const alice = { 'X-Parse-Session-Token': data.signUp.viewer.sessionToken };
  await graphql('five points', SCORE, { params: { points: 5 } }, alice);
  await graphql('seven points', SCORE, { params: { points: 7 } }, alice);
  await graphql('no points', SCORE, { params: { points: 0 } }, alice);
  await graphql('points of nobody', SCORE, { params: { points: 5 } });
  await ask('points by REST', '/parse/functions/score', { points: 1 }, alice);
  await find('the profiles', 'Profile', MASTER);
  await ask('a ban', '/parse/classes/Ban', { username: 'alice', reason: 'too many points' }, MASTER);
  await ask('a log-in of somebody who is banned', '/parse/login', { username: 'alice', password: 'a secret' });
  await ask('a wrong password', '/parse/login', { username: 'alice', password: 'another' });
  return lines;
};
