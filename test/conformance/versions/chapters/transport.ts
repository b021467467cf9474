import type { Asking } from '../asking.ts';

const APPLICATION = { 'X-Parse-Application-Id': 'APPLICATION_ID' };
const JSON_TYPE = { 'Content-Type': 'application/json' };

const nested = (levels: number): string =>
  levels === 0 ? 'name' : `roles { edges { node { ${nested(levels - 1)} } } }`;

const preflight = {
  method: 'OPTIONS',
  headers: {
    Origin: 'http://localhost:3000',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'x-parse-application-id',
  },
};

const gates = async (asking: Asking): Promise<void> => {
  await asking.askBare('t01 REST health no app id', '/parse/health', {});
  await asking.ask('t02 REST health with app id', '/parse/health');
  await asking.graphql('t03 GQL health', '{ health }');
  const body = { query: '{ health }' };
  const wrong = { 'X-Parse-Application-Id': 'WRONG' };
  await asking.askBare('t04 GQL no app id', '/graphql', { body });
  await asking.askBare('t05 GQL wrong app id', '/graphql', { body, headers: wrong });
  await asking.askBare('t06 REST no app id', '/parse/users', {});
  await asking.askBare('t07 REST wrong app id', '/parse/users', { headers: wrong });
  await asking.askBare('t08 GQL preflight', '/graphql', preflight);
  await asking.askBare('t09 REST preflight', '/parse/users', preflight);
};

const methods = async (asking: Asking): Promise<void> => {
  const query = (text: string): string => `/graphql?query=${encodeURIComponent(text)}`;
  await asking.ask('t10 GQL GET query', query('{ health }'));
  await asking.askBare('t11 GQL GET no app id, html', query('{ health }'), { headers: { Accept: 'text/html' } });
  await asking.ask('t12 GQL GET mutation', query('mutation { logOut(input: {}) { clientMutationId } }'));
  await asking.ask('t13 GQL array batch', '/graphql', 'nobody', {
    body: [{ query: '{ health }' }, { query: '{ health }' }],
  });
};

const introspection = async (asking: Asking): Promise<void> => {
  const schema = '{ __schema { queryType { name } } }';
  await asking.graphql('t23 introspection __schema', schema);
  await asking.graphql('t24 introspection __type', '{ __type(name: "User") { name } }');
  await asking.graphql('t25 introspection master', schema, undefined, 'master');
  await asking.graphql('t26 __typename', '{ __typename }');
};

const bodies = async (asking: Asking): Promise<void> => {
  const post = (name: string, raw: string, headers: { [name: string]: string }): Promise<unknown> =>
    asking.ask(name, '/graphql', 'nobody', { method: 'POST', raw, headers });
  await post('t27 GQL empty body', '', JSON_TYPE);
  await post('t28 GQL invalid JSON', '{"query":', JSON_TYPE);
  await post('t29 GQL text/plain', JSON.stringify({ query: '{ health }' }), { 'Content-Type': 'text/plain' });
  await asking.graphql('t30 GQL empty query', '');
  const two = 'query a { health } query b { health }';
  await asking.graphql('t31 two operations, no name', two);
  await asking.ask('t32 unknown operationName', '/graphql', 'nobody', { body: { query: two, operationName: 'z' } });
  const aliases = Array.from({ length: 40 }, (_, at) => `a${at}: health`);
  await asking.graphql('t33 40 aliases', `{ ${aliases.join(' ')} }`);
  await asking.graphql('t34 deep query (30 levels)', `{ ${nested(10)} }`);
};

const rest = async (asking: Asking): Promise<void> => {
  await asking.ask('t35 REST unknown route', '/parse/nothing');
  await asking.ask('t36 REST invalid JSON body', '/parse/login', 'nobody', { method: 'POST' });
  const broken = { raw: '{"username":', method: 'POST', headers: JSON_TYPE };
  await asking.ask('t37 REST invalid JSON', '/parse/login', 'nobody', broken);
  await asking.askBare('t38 REST master key header wrong', '/parse/users', {
    headers: { ...APPLICATION, 'X-Parse-Master-Key': 'WRONG' },
  });
  await asking.ask('t39 REST serverInfo no master', '/parse/serverInfo');
  await asking.ask('t40 REST schemas no master', '/parse/schemas');
};

/** What HTTP and GraphQL themselves answer, before anybody is there. */
export const transport = async (asking: Asking): Promise<void> => {
  await gates(asking);
  await methods(asking);
  await asking.graphql('t14 syntax error', '{ viewer ');
  await asking.graphql('t15 unknown field of Viewer', '{ viewer { usr } }');
  await asking.graphql('t16 unknown field of Query', '{ helth }');
  await asking.graphql('t17 unknown field of User', '{ viewer { user { usernam } } }');
  await asking.graphql('t18 unknown argument', '{ health(x: 1) }');
  await asking.graphql('t19 missing required variable', 'query ($id: ID!) { user(id: $id) { username } }', {});
  const logIn = 'mutation ($i: LogInInput!) { logIn(input: $i) { clientMutationId } }';
  await asking.graphql('t20 wrong variable type', logIn, { i: { username: 5, password: true } });
  const noPassword = 'mutation { logIn(input: { username: "a" }) { clientMutationId } }';
  await asking.graphql('t21 missing input field (literal)', noPassword);
  await asking.graphql('t22 missing input field (variable)', logIn, { i: { username: 'a' } });
  await introspection(asking);
  await bodies(asking);
  await rest(asking);
  await moreMistakes(asking);
};

const moreMistakes = async (asking: Asking): Promise<void> => {
  await asking.graphql('t41 enum bad value', '{ users(order: [nope_ASC]) { count } }');
  await asking.graphql('t42 bad enum type literal', '{ users(order: "nope") { count } }');
  await asking.graphql('t43 object field without selection', '{ viewer { user } }');
  const position = 'mutation ($i: SignUpInput!) { logIn(input: $i) { clientMutationId } }';
  await asking.graphql('t44 variable in wrong position', position, { i: {} });
  await asking.graphql('t45 enum readPreference bad', '{ users(options: { readPreference: NOPE }) { count } }');
  await asking.graphql('t46 unknown arg on User field', '{ viewer { user { username(x: 1) } } }');
  const pass = 'mutation { logIn(input: { username: "a", password: "b", pass: "c" }) { clientMutationId } }';
  await asking.graphql('t47 unknown input field', pass);
  await asking.graphql('t48 unknown type of variable', 'query ($x: Nope) { health }');
  const call = 'mutation { callCloudCode(input: { functionName: nope }) { result } }';
  await asking.graphql('t49 callCloudCode unknown function', call);
  await asking.ask('t50 REST unknown function', '/parse/functions/nope', 'nobody', { body: {} });
};
