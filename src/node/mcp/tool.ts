import type { Connection } from '../../client/connect.ts';
import { didYouMean } from '../../parse/did-you-mean.ts';
import type { JsonObject } from '../../parse/record.ts';
import { UserError } from '../../parse/user-error.ts';

/** The emulator that an agent works on. */
export type Subject = {
  readonly emulator: Connection;
  /** What GraphQL is asked with in the name of the master. */
  readonly masterKey: string;
};

/** An argument, in the words of JSON Schema. */
export type Argument = JsonObject & {
  readonly type: 'string' | 'number' | 'boolean' | 'object' | 'array';
  readonly description: string;
};

/** A tool of an agent's. */
export type Tool = {
  /** `log_in_as`. */
  readonly name: string;
  /** What it does, for the agent. */
  readonly description: string;
  readonly arguments: { readonly [name: string]: Argument };
  /** The names of those that must be given. */
  readonly needed?: readonly string[];
  /** Whether further arguments are taken. */
  readonly isOpen?: boolean;
  /** What it answers, as JSON. Rejects with an error. The arguments were looked at. */
  run(given: JsonObject, subject: Subject): Promise<unknown>;
};

/** The schema by which an agent fills in the arguments. */
export type InputSchema = {
  readonly type: 'object';
  readonly properties: Tool['arguments'];
  readonly required: string[];
  readonly additionalProperties: boolean;
};

/** What an agent is told of the arguments. */
export const toInputSchema = (tool: Tool): InputSchema => ({
  type: 'object',
  properties: tool.arguments,
  required: [...(tool.needed ?? [])],
  additionalProperties: tool.isOpen === true,
});

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/** Refuses what the schema does not allow. */
export const checkArguments = (tool: Tool, given: JsonObject): void => {
  const fail = (reason: string): never => {
    throw new UserError(`Failed to call ${tool.name}: ${reason}`);
  };
  for (const name of tool.needed ?? []) if (given[name] === undefined) fail(`"${name}" is missing`);
  for (const [name, value] of Object.entries(given)) {
    const argument = Object.hasOwn(tool.arguments, name) ? tool.arguments[name] : undefined;
    if (!argument && !tool.isOpen)
      fail(`there is no argument "${name}".${didYouMean(name, Object.keys(tool.arguments))}`);
    if (argument && typeOf(value) !== argument.type)
      fail(`"${name}" must be of the type ${argument.type}, not ${typeOf(value)}`);
  }
};
