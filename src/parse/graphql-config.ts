import { isPresent } from './record.ts';
/** Whether a field can be sorted by, upwards (`asc`) and downwards (`desc`). */
export type SortField = {
  /** The name of the field; `id` for its id. */
  readonly field: string;
  /** Whether `FIELD_ASC` is there. */
  readonly asc: boolean;
  /** Whether `FIELD_DESC` is there. */
  readonly desc: boolean;
};

/** How one class stands in the GraphQL schema. What is not said stays as it is without a configuration. */
export type GraphQLClassConfig = {
  /** Parse's name of the class: `_User`. */
  readonly className: string;
  /** The fields that its types have. */
  readonly type?: {
    /** The fields that may be written. */
    readonly inputFields?: {
      /** By `createCLASS`; of `_User` at least `username` and `password`. */
      readonly create?: readonly string[];
      /** By `updateCLASS`. */
      readonly update?: readonly string[];
    };
    /** The fields that can be read, beside those that every object has. */
    readonly outputFields?: readonly string[];
    /** The fields that `where` takes. */
    readonly constraintFields?: readonly string[];
    /** What `order` takes; an empty list leaves the id. */
    readonly sortFields?: readonly SortField[];
  };
  /** The queries that it has, and what they are called. */
  readonly query?: {
    /** Whether there is the query for one object. @default true */
    readonly get?: boolean;
    /** Whether there is the query for several. @default true */
    readonly find?: boolean;
    /** The name of the query for one. */
    readonly getAlias?: string;
    /** The name of the query for several. */
    readonly findAlias?: string;
  };
  /** The mutations that it has, and what they are called. */
  readonly mutation?: {
    /** Whether objects can be made, in inputs of pointers and relations, too. @default true */
    readonly create?: boolean;
    /** Whether they can be changed. @default true */
    readonly update?: boolean;
    /** Whether they can be deleted. @default true */
    readonly destroy?: boolean;
    /** The name of the mutation that makes one. */
    readonly createAlias?: string;
    /** The name of the mutation that changes one. */
    readonly updateAlias?: string;
    /** The name of the mutation that deletes one. */
    readonly destroyAlias?: string;
  };
};

/** What the GraphQL schema shows of the classes. */
export type GraphQLConfig = {
  /** The only classes that it has. */
  readonly enabledForClasses?: readonly string[];
  /** The classes that it has not, whatever `enabledForClasses` says. */
  readonly disabledForClasses?: readonly string[];
  /** How single classes stand in it. */
  readonly classConfigs?: readonly GraphQLClassConfig[];
};

type Given = { readonly [name: string]: unknown };

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Promise);

const isFilled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

const isTextList = (value: unknown): boolean => Array.isArray(value) && value.every(isFilled);

const othersThan = (value: Given, names: readonly string[]): string =>
  Object.keys(value)
    .filter((name) => !names.includes(name))
    .join(',');

/** The first problem that is one. */
const first = (...problems: readonly (() => string | undefined)[]): string | undefined => {
  for (const find of problems) {
    const problem = find();
    if (problem !== undefined) return problem;
  }
  return undefined;
};

const when = (isWrong: boolean, problem: string): string | undefined => (isWrong ? problem : undefined);

const sortFieldProblem = (value: unknown, index: number): string | undefined => {
  const place = `"sortField" at index ${index}`;
  if (!isObject(value)) return `${place} is not a valid object`;
  const others = othersThan(value, ['field', 'asc', 'desc']);
  if (others) return `${place} contains invalid keys, [${others}]`;
  if (!isFilled(value['field'])) return `${place} did not provide the "field" as a string`;
  const isSaid = typeof value['asc'] === 'boolean' && typeof value['desc'] === 'boolean';
  return when(!isSaid, `${place} did not provide "asc" or "desc" as booleans`);
};

const sortFieldsProblem = (value: unknown): string | undefined => {
  if (!isPresent(value)) return undefined;
  if (!Array.isArray(value)) return '"sortFields" must be a valid array.';
  return first(...value.map((one: unknown, index) => () => sortFieldProblem(one, index)));
};

const inputFieldsProblem = (value: unknown, className: string): string | undefined => {
  if (!isPresent(value)) return undefined;
  if (!isObject(value)) return '"inputFields" must be a valid object';
  const others = othersThan(value, ['create', 'update']);
  if (others) return `"inputFields" contains invalid keys: [${others}]`;
  const { create, update } = value;
  if (isPresent(update) && !isTextList(update)) return '"inputFields.update" must be a valid string array';
  if (!isPresent(create)) return undefined;
  if (!isTextList(create) || !Array.isArray(create)) return '"inputFields.create" must be a valid string array';
  const lacks = className === '_User' && !(create.includes('username') && create.includes('password'));
  return when(lacks, '"inputFields.create" must include required fields, username and password');
};

const typeProblem = (value: unknown, className: string): string | undefined => {
  if (!isPresent(value)) return undefined;
  if (!isObject(value)) return '"type" must be a valid object';
  const others = othersThan(value, ['inputFields', 'outputFields', 'constraintFields', 'sortFields']);
  if (others) return `"type" contains invalid keys, [${others}]`;
  for (const name of ['outputFields', 'constraintFields']) {
    if (isPresent(value[name]) && !isTextList(value[name])) return `"${name}" must be a valid string array`;
  }
  return first(
    () => sortFieldsProblem(value['sortFields']),
    () => inputFieldsProblem(value['inputFields'], className),
  );
};

/** `query` and `mutation`: flags, and the names beside them. */
const fieldsProblem = (value: unknown, kind: 'query' | 'mutation', flags: readonly string[]): string | undefined => {
  if (!isPresent(value)) return undefined;
  if (!isObject(value)) return `"${kind}" must be a valid object`;
  const names = flags.map((flag) => `${flag}Alias`);
  const others = othersThan(value, [...flags, ...names]);
  if (others) return `"${kind}" contains invalid keys, [${others}]`;
  const isWrong = (type: string) => (name: string) => isPresent(value[name]) && typeof value[name] !== type;
  const flag = flags.find(isWrong('boolean'));
  if (flag !== undefined) return `"${kind}.${flag}" must be a boolean`;
  const name = names.find(isWrong('string'));
  return name === undefined ? undefined : `"${kind}.${name}" must be a string`;
};

const classProblem = (value: unknown): string | undefined => {
  if (!isObject(value)) return 'it must be a valid object';
  const others = othersThan(value, ['className', 'type', 'query', 'mutation']);
  if (others) return `"invalidKeys" [${others}] should not be present`;
  const { className } = value;
  if (!isFilled(className)) return '"className" must be a valid string';
  return first(
    () => typeProblem(value['type'], className),
    () => fieldsProblem(value['query'], 'query', ['find', 'get']),
    () => fieldsProblem(value['mutation'], 'mutation', ['create', 'update', 'destroy']),
  );
};

const nameOf = (value: unknown): unknown => (isObject(value) ? value['className'] : undefined);

const classProblems = (value: unknown): readonly string[] => {
  if (!isPresent(value)) return [];
  if (!Array.isArray(value)) return ['"classConfigs" is not a valid array'];
  return value.flatMap((one: unknown) => {
    const problem = classProblem(one);
    return problem === undefined ? [] : [`classConfig:${nameOf(one)} is invalid because ${problem}`];
  });
};

const problemsOf = (value: unknown): readonly string[] => {
  if (!value) return ['cannot be undefined, null or empty'];
  if (!isObject(value)) return ['must be a valid object'];
  const others = othersThan(value, ['enabledForClasses', 'disabledForClasses', 'classConfigs']);
  const lists = ['enabledForClasses', 'disabledForClasses'].filter(
    (name) => isPresent(value[name]) && !isTextList(value[name]),
  );
  return [
    ...(others ? [`encountered invalid keys: [${others}]`] : []),
    ...lists.map((name) => `"${name}" is not a valid array`),
    ...classProblems(value['classConfigs']),
  ];
};

/** What is wrong with a configuration, in Parse Server's words; undefined when nothing is. */
export const graphQLConfigProblem = (value: unknown): string | undefined => {
  const problems = problemsOf(value);
  return problems.length === 0 ? undefined : `Invalid graphQLConfig: ${problems.join('; ')}`;
};
