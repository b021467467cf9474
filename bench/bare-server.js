// The least that can be beside the emulator: node:http and graphql-js, one field, a cached document.
import { createServer } from 'node:http';
import { buildSchema, execute, parse, validate } from 'graphql';

const schema = buildSchema(
  'type Query { viewer: Viewer! } type Viewer { sessionToken: String! user: User! } type User { username: String }',
);
const rootValue = { viewer: { sessionToken: 'r:0', user: { username: 'johndoe' } } };
const documents = new Map();

const prepare = (text) => {
  const known = documents.get(text);
  if (known) return known;
  const document = parse(text);
  if (validate(schema, document).length > 0) throw new Error('Failed to validate the query of the bench');
  documents.set(text, document);
  return document;
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    const { query } = JSON.parse(body);
    const answer = JSON.stringify(await execute({ schema, document: prepare(query), rootValue }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
});

server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
