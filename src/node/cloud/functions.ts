import type { FunctionTable, NamedFunction, NamedJob } from '../../operations/functions/table.ts';
import type { FunctionRequest, FunctionResponse } from '../../options/adapters.ts';
import { isObject } from '../../parse/record.ts';
import { type Definition, type Definitions, fromLatest, type Handler } from './definitions.ts';
import type { ParseSdk } from './parse-sdk.ts';
import { type Lender, toConfig, toOrigin, toUser } from './requests/requests.ts';
import { checkDefinition, type RunCode } from './triggers.ts';

/** Pointers and files of parameters as objects of the SDK, at any depth; all else stays as it came. */
const decode = (value: unknown, parse: ParseSdk): unknown => {
  if (value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((member) => decode(member, parse));
  if (!isObject(value)) return value;
  if (value['__type'] === 'File') return parse.File.fromJSON(value);
  if (value['__type'] === 'Pointer') {
    const { className, objectId } = value;
    return parse.Object.fromJSON({ __type: 'Pointer', className, objectId });
  }
  return decodeAll(value, parse);
};

const decodeAll = (values: { readonly [name: string]: unknown }, parse: ParseSdk): { [name: string]: unknown } =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, decode(value, parse)]));

const toRequest = (lender: Lender, request: FunctionRequest): { [name: string]: unknown } => ({
  params: decodeAll(request.params, lender.parse),
  config: toConfig(lender),
  master: request.master,
  isReadOnly: request.isReadOnly,
  user: request.user && toUser(lender, request.user),
  installationId: request.installationId,
  log: lender.log,
  ...toOrigin(request),
  functionName: request.functionName,
  context: request.context,
});

/** A result as the SDK encodes it; a function is handed through. */
const encode = (result: unknown, parse: ParseSdk): unknown => {
  const encoded = parse._encode(result);
  if (encoded === undefined || typeof encoded === 'function') return encoded;
  const text = JSON.stringify(encoded);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};

const toNamed = (definition: Definition, lender: Lender, run: RunCode): NamedFunction => {
  const { handler } = definition;
  const hasResponse = handler.length >= 2;
  return {
    hasResponse,
    encode: (result) => encode(result, lender.parse),
    run: (plain: FunctionRequest, response: FunctionResponse) =>
      run(`function ${plain.functionName}`, async () => {
        const request = toRequest(lender, plain);
        await checkDefinition(definition, request, lender);
        return hasResponse ? handler(request, response) : handler(request);
      }),
  };
};

const toJob =
  (handler: Handler, lender: Lender, run: RunCode): NamedJob =>
  ({ params, jobName, jobId, message, ...origin }) =>
    run(`job ${jobName}`, async () =>
      handler({
        params: decodeAll(params, lender.parse),
        log: lender.log,
        ...toOrigin(origin),
        jobName,
        config: toConfig(lender),
        message,
        jobId,
      }),
    );

type Table = {
  readonly functions: ReadonlyMap<string, NamedFunction>;
  readonly names: readonly string[];
  readonly jobs: ReadonlyMap<string, NamedJob>;
};

const toTable = (definitions: Definitions, lender: Lender, run: RunCode): Table => ({
  functions: new Map([...definitions.functions].map(([name, definition]) => [name, toNamed(definition, lender, run)])),
  names: [...definitions.functions.keys()],
  jobs: new Map([...definitions.jobs].map(([name, handler]) => [name, toJob(handler, lender, run)])),
});

/** The functions and jobs that cloud code has defined by now, as the emulator asks for them. */
export const createFunctionTable = (definitions: Definitions, lender: Lender, run: RunCode): FunctionTable => {
  const table = fromLatest(definitions, () => toTable(definitions, lender, run));
  return {
    find: (name) => table().functions.get(name),
    names: () => table().names,
    findJob: (name) => table().jobs.get(name),
    jobNames: () => [...table().jobs.keys()],
  };
};
