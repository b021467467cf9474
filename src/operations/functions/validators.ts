import type { FunctionRequest } from '../../options/adapters.ts';

type Value = unknown;

/** What a validator says of one field, or of one key of the user. */
export type FieldValidator = {
  /** The constructor of its type: `String`, `Number`, `Boolean`, `Array`, `Object`. */
  readonly type?: unknown;
  /** Whether a trigger keeps clients from writing it. */
  readonly constant?: boolean;
  /** Stands in for what is absent or null. */
  readonly default?: Value;
  /** The values that are good, or what tells whether one is: by what it returns, or by throwing. */
  readonly options?: Value;
  /** Whether it must be there. */
  readonly required?: boolean;
  /** What clients read when its options do not hold. */
  readonly error?: string;
};

/** The names of roles, or what gives them. */
type Roles = readonly string[] | (() => unknown);

/** What has to hold before a function or a trigger is run. */
export type Validator = {
  readonly requireUser?: boolean;
  readonly requireMaster?: boolean;
  readonly requireAnyUserRoles?: Roles;
  readonly requireAllUserRoles?: Roles;
  readonly requireUserKeys?: readonly string[] | { readonly [name: string]: FieldValidator };
  readonly fields?: readonly string[] | { readonly [name: string]: FieldValidator | string };
  /** Whether all of this holds for the master key, too. */
  readonly validateMasterKey?: boolean;
  /** Whether the master key passes by the trigger as well. */
  readonly skipWithMasterKey?: boolean;
  /** Taken, and without effect: Parse Server keeps the limit where no request looks. */
  readonly rateLimit?: object;
};

/** What a validator looks at. */
export type Validated = {
  readonly master: FunctionRequest['master'];
  /** The user who asks, or who is about to be made. */
  readonly user: { get(name: string): Value } | undefined;
  /** The parameters of a function, which take default values; of a trigger the fields of its object. */
  readonly params: { [name: string]: Value };
  /** The object of a trigger. `isNew`: it is about to be made. */
  readonly object?: { readonly isNew: boolean; set(name: string, value: Value): void; revert(name: string): void };
  /** The names of the roles that the asking user has. */
  roles(): readonly string[];
};

const FAILED = 'Validation failed.';

// Parse Server throws texts, which the caller gives a code.
const refuse = (text: unknown): never => {
  throw text;
};

const requireParam = (name: string, { params }: Validated): void => {
  if ((params[name] ?? null) === null) refuse(`${FAILED} Please specify data for ${name}.`);
};

const checkByFunction = async (
  isGood: (value: Value) => Value,
  name: string,
  value: Value,
  error: string | undefined,
) => {
  const otherwise = error || `${FAILED} Invalid value for ${name}.`;
  try {
    const verdict = await isGood(value);
    if (!verdict && verdict !== undefined && verdict !== null) throw otherwise;
  } catch (thrown) {
    const told = thrown ? (Reflect.has(Object(thrown), 'message') && Object(thrown).message) || thrown : otherwise;
    refuse(error || told);
  }
};

const checkOptions = async ({ options, error }: FieldValidator, name: string, value: Value): Promise<void> => {
  if (typeof options === 'function') return checkByFunction(options as (value: Value) => Value, name, value, error);
  const listed: readonly Value[] = Array.isArray(options) ? options : [options];
  if (!listed.includes(value)) {
    refuse(error || `${FAILED} Invalid option for ${name}. Expected: ${listed.join(', ')}`);
  }
};

const nameOf = (type: unknown): string => (/^\s*function (\w+)/.exec(String(type))?.[1] ?? '').toLowerCase();

const checkType = (type: unknown, name: string, value: Value): void => {
  const expected = nameOf(type);
  const actual = Array.isArray(value) ? 'array' : typeof value;
  if (actual !== expected) refuse(`${FAILED} Invalid type for ${name}. Expected: ${expected}`);
};

const fillIn = (field: FieldValidator, name: string, validated: Validated): Value => {
  const { params, object } = validated;
  const stands = field.default ?? null;
  if (stands !== null && (params[name] ?? null) === null) {
    params[name] = field.default;
    object?.set(name, field.default);
  }
  if (field.constant && object) {
    if (!object.isNew) object.revert(name);
    else if (stands !== null) object.set(name, field.default);
  }
  return params[name];
};

/** Checks one field at once, and returns what is to be waited for. */
const checkField = (field: FieldValidator, name: string, validated: Validated): Promise<void> | undefined => {
  const value = fillIn(field, name, validated);
  if (field.required) requireParam(name, validated);
  if (!field.required && value === undefined) return undefined;
  if (field.type) checkType(field.type, name, value);
  return field.options ? checkOptions(field, name, value) : undefined;
};

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

const checkFields = async ({ fields = {} }: Validator, validated: Validated): Promise<void> => {
  if (isList(fields)) {
    for (const name of fields) requireParam(name, validated);
    return;
  }
  const waiting: (Promise<void> | undefined)[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'string') requireParam(field, validated);
    else waiting.push(checkField(field, name, validated));
  }
  await Promise.all(waiting);
};

const namesOf = async (roles: Roles | undefined): Promise<readonly string[] | undefined> => {
  if (typeof roles !== 'function') return roles;
  const given = await roles();
  return isList(given) ? given : undefined;
};

const checkRoles = async (validator: Validator, validated: Validated): Promise<void> => {
  const [some, all] = await Promise.all([
    namesOf(validator.requireAnyUserRoles),
    namesOf(validator.requireAllUserRoles),
  ]);
  const has = (name: string): boolean => validated.roles().includes(name);
  if (some && !some.some(has)) refuse(`${FAILED} User does not match the required roles.`);
  if (all && !all.every(has)) refuse(`${FAILED} User does not match all the required roles.`);
};

const checkUserKeys = async ({ requireUserKeys = [] }: Validator, { user }: Validated): Promise<void> => {
  if (isList(requireUserKeys)) {
    for (const name of requireUserKeys) {
      if (!user) refuse('Please login to make this request.');
      if ((user?.get(name) ?? null) === null) refuse(`${FAILED} Please set data for ${name} on your account.`);
    }
    return;
  }
  // With nobody logged in Parse Server stumbles here, and clients read how.
  const read = (name: string): Value => {
    if (!user) throw new TypeError("Cannot read properties of undefined (reading 'get')");
    return user.get(name);
  };
  const waiting = Object.entries(requireUserKeys).map(([name, key]) =>
    key.options ? checkOptions(key, name, read(name)) : undefined,
  );
  await Promise.all(waiting);
};

/** Checks what a validator demands, in Parse Server's order. Throws the text that clients read. */
export const validate = async (validator: Validator, validated: Validated): Promise<void> => {
  if (validated.master && !validator.validateMasterKey) return;
  const needsUser = validator.requireUser || validator.requireAnyUserRoles || validator.requireAllUserRoles;
  if (needsUser && !validated.user) refuse(`${FAILED} Please login to continue.`);
  if (validator.requireMaster && !validated.master) {
    refuse(`${FAILED} Master key is required to complete this request.`);
  }
  await checkFields(validator, validated);
  await checkRoles(validator, validated);
  await checkUserKeys(validator, validated);
};

type Kind = 'boolean' | 'array' | 'object' | 'function' | 'string' | 'any';

const KEYS: { readonly [key in keyof Validator]-?: readonly Kind[] } = {
  requireUser: ['boolean'],
  requireAnyUserRoles: ['array', 'function'],
  requireAllUserRoles: ['array', 'function'],
  requireMaster: ['boolean'],
  validateMasterKey: ['boolean'],
  skipWithMasterKey: ['boolean'],
  requireUserKeys: ['array', 'object'],
  fields: ['array', 'object'],
  rateLimit: ['object'],
};

const FIELD_KEYS: { readonly [key in keyof FieldValidator]-?: readonly Kind[] } = {
  type: ['any'],
  constant: ['boolean'],
  default: ['any'],
  options: ['array', 'function', 'any'],
  required: ['boolean'],
  error: ['string'],
};

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'function' ? nameOf(value) || 'function' : typeof value;
};

const checkKeys = (given: object, known: { readonly [key: string]: readonly Kind[] }): void => {
  for (const [key, value] of Object.entries(given)) {
    const kinds = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!kinds) refuse(`${key} is not a supported parameter for Cloud Function validations.`);
    const actual = kindOf(value);
    if (!kinds?.some((kind) => kind === 'any' || kind === actual)) {
      refuse(`Invalid type for Cloud Function validation key ${key}. Expected ${kinds?.join('|')}, actual ${actual}`);
    }
  }
};

/** Refuses a validator with a key that there is not, or with a value of a wrong type. Throws a text, as Parse Server does. */
export const checkValidator = (validator: Validator): void => {
  checkKeys(validator, KEYS);
  for (const part of [validator.fields, validator.requireUserKeys]) {
    if (!part || isList(part)) continue;
    // a text has its letters for keys, as in Parse Server, and is refused
    for (const field of Object.values(part)) checkKeys(Object(field), FIELD_KEYS);
  }
};
