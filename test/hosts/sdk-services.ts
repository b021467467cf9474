import { expect } from 'vitest';
import { codeOf, type Examples } from './sdk-example.ts';

/** Functions of the application's own; a command line has none. */
export const FUNCTIONS: Examples = {
  'runs functions': async ({ Parse, signUp }) => {
    await signUp('ann');
    expect(await Parse.Cloud.run('greet', { name: 'Bob' })).toBe('Hello Bob, said ann');
    expect(await codeOf(Parse.Cloud.run('nothing'))).toBe(Parse.Error.SCRIPT_FAILED);
  },
};

/** What the SDK does beside objects. */
export const SERVICES: Examples = {
  'reads the configuration that the master key wrote': async ({ Parse }) => {
    await Parse.Config.save({ colour: 'red', secret: 1 }, { secret: true });
    const config = await Parse.Config.get();
    expect(config.get('colour')).toBe('red');
    expect(config.get('secret')).toBeUndefined();
  },

  'makes and changes classes': async ({ Parse }) => {
    const schema = new Parse.Schema('Todo');
    schema.addString('title').addPointer('owner', '_User');
    await schema.save();
    schema.addNumber('priority').deleteField('owner');
    await schema.update();
    const { fields } = (await new Parse.Schema('Todo').get()) as unknown as { fields: object };
    expect(fields).toMatchObject({ title: { type: 'String' }, priority: { type: 'Number' } });
    expect(fields).not.toHaveProperty('owner');
    await new Parse.Object('Todo', { title: 'x' }).save();
    await schema.purge();
    await schema.delete();
    expect(await codeOf(new Parse.Schema('Todo').get() as unknown as Promise<unknown>)).toBe(
      Parse.Error.INVALID_CLASS_NAME,
    );
  },

  'uploads a file that a user then carries': async ({ Parse, signUp }) => {
    const ann = await signUp('ann');
    const file = new Parse.File('hello.txt', { base64: btoa('hello') }, 'text/plain');
    await file.save();
    ann.set('avatar', file);
    await ann.save();
    const fetched = await ann.fetch();
    expect(await (await fetch(fetched.get('avatar').url(), {})).text()).toBe('hello');
  },
};
