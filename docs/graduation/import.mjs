// Puts an export of the emulator into the database of a Parse Server. Run it in the folder where `parse-server` is installed:
//
//   parse-users-emulator export --db users.json --format parse > export.json
//   DATABASE_URI=postgres://user:password@localhost:5432/app node import.mjs export.json
//
// Classes come first, then objects under their own ids and dates, users with the hashes that they have, then the members of
// relations. An object that is there already is left as it is, so that it may be run again.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { ParseServer } = createRequire(join(process.cwd(), 'package.json'))('parse-server');

const DUPLICATE_VALUE = 137;

const [, , path] = process.argv;
const databaseURI = process.env.DATABASE_URI;
if (!path || !databaseURI) {
  console.error('Usage: DATABASE_URI=postgres://… node import.mjs export.json');
  process.exit(2);
}

const { schemas = [], ...classes } = JSON.parse(await readFile(path, 'utf8'));

const server = new ParseServer({
  appId: 'import',
  masterKey: 'import',
  serverURL: 'http://localhost/parse',
  databaseURI,
  schema: { definitions: schemas },
});
await server.start();
const database = server.config.databaseController;

/** An object as the database takes it: the hash under the name that Parse Server itself has for it. */
const toObject = ({ bcryptPassword, ...row }) => ({
  ...row,
  ...(bcryptPassword !== undefined && { _hashed_password: bcryptPassword }),
});

const create = async (className, row) => {
  try {
    await database.create(className, toObject(row));
    return 1;
  } catch (error) {
    if (error.code !== DUPLICATE_VALUE) throw error;
    console.log(`${className} ${row.objectId} was there already`);
    return 0;
  }
};

/** `_Join:users:_Role` holds the members of the relation `users` of `_Role`. */
const relate = async (name, { owningId, relatedId }) => {
  const [, field, className] = name.split(':');
  await database.addRelation(field, className, owningId, relatedId);
  return 1;
};

const isJoin = (name) => name.startsWith('_Join:');
const names = Object.keys(classes).sort((one, other) => isJoin(one) - isJoin(other)); // members after their objects
for (const name of names) {
  let made = 0;
  for (const row of classes[name]) made += await (isJoin(name) ? relate : create)(name, row);
  console.log(`${name}: ${made} of ${classes[name].length}`);
}
await database.adapter.handleShutdown();
process.exit(0);
