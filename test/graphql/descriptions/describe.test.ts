import { readFileSync } from 'node:fs';
import { buildSchema, type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createEmulator, type EmulatorOptions } from '../../../src/index.ts';

/** The types, fields and arguments that Parse Server 9.10 describes, with the class below. */
const DESCRIBED = readFileSync(new URL('described.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

const THING = {
  className: 'Thing',
  fields: {
    title: { type: 'String' },
    n: { type: 'Number' },
    b: { type: 'Boolean' },
    a: { type: 'Array' },
    o: { type: 'Object' },
    d: { type: 'Date' },
    f: { type: 'File' },
    g: { type: 'GeoPoint' },
    p: { type: 'Polygon' },
    by: { type: 'Bytes' },
    owner: { type: 'Pointer', targetClass: '_User' },
    friends: { type: 'Relation', targetClass: '_User' },
  },
} as const;

const OPTIONS: EmulatorOptions = { schema: { definitions: [THING] } };

/** The description of every type, field and argument of a schema, as it is printed. */
const descriptionsOf = (schema: GraphQLSchema): Map<string, string> => {
  const found = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    found.set(type.name, type.description ?? '');
    if (!isInputObjectType(type) && !isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      found.set(`${type.name}.${field.name}`, field.description ?? '');
      for (const argument of 'args' in field ? field.args : [])
        found.set(`${type.name}.${field.name}(${argument.name})`, argument.description ?? '');
    }
  }
  return found;
};

const printed = (options: EmulatorOptions): Map<string, string> =>
  descriptionsOf(buildSchema(createEmulator(options).printSchema()));

const askSchema = async (options: EmulatorOptions): Promise<string[]> => {
  const { fetch } = createEmulator(options);
  const response = await fetch('http://localhost:1337/graphql', {
    method: 'POST',
    headers: {
      'X-Parse-Application-Id': 'APPLICATION_ID',
      'X-Parse-Master-Key': 'MASTER_KEY',
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ query: '{ __type(name: "User") { description fields { name description } } }' }),
  });
  const { data } = await response.json();
  return [data.__type, ...data.__type.fields].map(({ description }) => description);
};

it.each([{}, { typeDefs: 'extend type User { "Of ours" lucky: Int }' }])(
  'a client that asks sees them: %j',
  async (options) => {
    const descriptions = await askSchema(options);
    expect(descriptions.length).toBeGreaterThan(9);
    expect(descriptions).not.toContain(null);
  },
);

describe('the schema', () => {
  it('has a description wherever Parse Server has one', () => {
    const descriptions = printed({ ...OPTIONS, legacyForms: false });
    expect(DESCRIBED.length).toBeGreaterThan(600);
    expect(DESCRIBED.filter((coordinate) => !descriptions.get(coordinate))).toEqual([]);
  });

  it('leaves nothing else without one, the older forms and cloud functions among it', () => {
    const descriptions = printed({ ...OPTIONS, functions: { hello: () => 'Hello' } });
    const bare = [...descriptions].filter(([, text]) => text === '').map(([coordinate]) => coordinate);
    // its type tells of it
    expect(bare.filter((coordinate) => !/^Mutation\.\w+\(input\)$/.test(coordinate))).toEqual([]);
  });

  it('tells of a field what it holds', () => {
    const descriptions = printed(OPTIONS);
    expect(descriptions.get('Thing.owner')).toBe('`owner`: an object of the class `_User`.');
    expect(descriptions.get('CreateThingFieldsInput.d')).toBe('`d`: a date.');
    expect(descriptions.get('User.email')).toBe('The address. No two users have the same.');
  });

  it("leaves the application's own descriptions as they are, and gives it none", () => {
    const descriptions = printed({
      typeDefs: `
        "Of ours" type Plan { "Its name" name: String seats(input: FilterInput): Int }
        input FilterInput { clientMutationId: String }
        extend type Query { "A plan" plan: Plan }
      `,
    });
    expect(descriptions.get('Plan')).toBe('Of ours');
    expect(descriptions.get('Plan.name')).toBe('Its name');
    expect(descriptions.get('Query.plan')).toBe('A plan');
    expect(descriptions.get('Plan.seats(input)')).toBe('');
    expect(descriptions.get('FilterInput.clientMutationId')).toBe('');
    expect(descriptions.get('User.email')).not.toBe('');
  });
});
