import { ParseError } from '../../parse/error.ts';
import { filledTextIn, type JsonObject, type ParseRecord } from '../../parse/record.ts';
import { passesRights } from '../access/keys.ts';
import type { Context } from '../context.ts';
import type { ClassRules, Prepared, Stage, Write } from '../objects/stages.ts';

const INSTALLATION = '_Installation';
const MISSING = 135;
const UNCHANGEABLE = 136;
const AMBIGUOUS = 132;

/** So many characters has the token of an iOS device, which is hexadecimal. */
const IOS_TOKEN_LENGTH = 64;

const inSmallLetters = (fields: JsonObject): JsonObject => {
  const { deviceToken, installationId } = fields;
  const token = filledTextIn(deviceToken);
  const id = filledTextIn(installationId);
  return {
    ...fields,
    ...(token?.length === IOS_TOKEN_LENGTH && { deviceToken: token.toLowerCase() }),
    ...(id !== undefined && { installationId: id.toLowerCase() }),
  };
};

/** Which device a write is about. */
type Device = {
  /** What the fields say; then what the request says of itself. */
  readonly installationId: string | undefined;
  readonly deviceToken: string | undefined;
  readonly isNamed: boolean;
};

const deviceOf = (fields: JsonObject, { auth }: Context): Device => {
  const own = filledTextIn(fields['installationId']);
  const ofRequest = passesRights(auth) ? undefined : auth.installationId?.toLowerCase();
  return {
    installationId: own ?? ofRequest,
    deviceToken: filledTextIn(fields['deviceToken']),
    isNamed: own !== undefined,
  };
};

const mayNotChange = (name: string): ParseError =>
  new ParseError(UNCHANGEABLE, `${name} may not be changed in this operation`);

/** Throws 136 for what makes another device of an installation. */
const checkUnchanged = (present: ParseRecord, fields: JsonObject): void => {
  const differs = (name: string): boolean => Boolean(fields[name]) && fields[name] !== present[name];
  if (present['installationId'] && differs('installationId')) throw mayNotChange('installationId');
  const hasId = Boolean(fields['installationId'] || present['installationId']);
  if (present['deviceToken'] && differs('deviceToken') && !hasId) throw mayNotChange('deviceToken');
  if (differs('deviceType')) throw mayNotChange('deviceType');
};

/** The installation that is to be written, where it is there already, and those that give way to it. */
type Match = { readonly found: ParseRecord | undefined; readonly doomed: readonly ParseRecord[] };

type Known = { readonly byId: ParseRecord | undefined; readonly byToken: readonly ParseRecord[] };

const isSameApp = (other: ParseRecord, { appIdentifier }: JsonObject): boolean =>
  !appIdentifier || other['appIdentifier'] === appIdentifier;

/** No installation has the id: one that is known by its token alone may be meant, others lose the token. */
const matchByToken = ({ byToken }: Known, { installationId, isNamed }: Device, fields: JsonObject): Match => {
  const [first] = byToken;
  if (!first) return { found: undefined, doomed: [] };
  if (byToken.length === 1 && (!first['installationId'] || !installationId)) return { found: first, doomed: [] };
  if (!isNamed) {
    const problem = 'Must specify installationId when deviceToken matches multiple Installation objects';
    throw new ParseError(AMBIGUOUS, problem);
  }
  const isOther = (one: ParseRecord): boolean => one['installationId'] !== installationId && isSameApp(one, fields);
  return { found: undefined, doomed: byToken.filter(isOther) };
};

/** An installation has the id: one with its token alone is the same device, others lose the token. */
const matchById = (byId: ParseRecord, { byToken }: Known, device: Device, fields: JsonObject): Match => {
  const [first] = byToken;
  if (first && byToken.length === 1 && !first['installationId']) {
    return { found: first, doomed: first.objectId === byId.objectId ? [] : [byId] };
  }
  const isMoved = device.deviceToken !== undefined && byId['deviceToken'] !== device.deviceToken;
  if (!isMoved || !device.isNamed) return { found: byId, doomed: [] };
  const isOther = (one: ParseRecord): boolean =>
    one['installationId'] !== device.installationId && isSameApp(one, fields);
  return { found: byId, doomed: byToken.filter(isOther) };
};

const match = (write: Write, fields: JsonObject, device: Device, context: Context): Match => {
  const all = [...context.store.all(INSTALLATION)];
  const { installationId, deviceToken } = device;
  if (!write.isNew) {
    if (!write.before) throw new ParseError('OBJECT_NOT_FOUND', 'Object not found for update.');
    checkUnchanged(write.before, fields);
  }
  const named = installationId && all.find((one) => one['installationId'] === installationId);
  const byId = named || write.before;
  if (write.isNew && !fields['deviceType'] && !byId) {
    throw new ParseError(MISSING, 'deviceType must be specified in this operation');
  }
  const byToken = deviceToken === undefined ? [] : all.filter((one) => one['deviceToken'] === deviceToken);
  const known = { byId, byToken };
  return byId ? matchById(byId, known, device, fields) : matchByToken(known, device, fields);
};

const isUncritical = ({ isNew }: Write, fields: JsonObject, { installationId, deviceToken }: Device): boolean => {
  const names = [installationId, deviceToken, ...(isNew ? [] : [filledTextIn(fields['deviceType'])])];
  return names.every((name) => name === undefined);
};

/**
 * An installation is known by its id, or by the token of its device: who makes one that is there changes it, and a token belongs
 * to one installation only. Throws 135 where nothing tells the device, 136 where one would become another.
 */
const stage: Stage<Context> = (given, context) => {
  const fields = inSmallLetters(given.fields);
  const device = deviceOf(fields, context);
  const { auth } = context;
  const isTold = device.deviceToken ?? (device.isNamed || auth.installationId || auth.isCloud);
  if (given.isNew && !isTold) {
    const problem = 'at least one ID field (deviceToken, installationId) must be specified in this operation';
    throw new ParseError(MISSING, problem);
  }
  const write = { ...given, fields };
  if (isUncritical(given, fields, device)) return { write };
  const { found, doomed } = match(given, fields, device, context);
  const prepare = (next: Write): Prepared => ({
    write: next,
    beforeWrite: (transaction) => {
      for (const { objectId } of doomed) transaction.delete(INSTALLATION, objectId);
      return undefined;
    },
  });
  const target = found ? { ...write, isNew: false, objectId: found.objectId, before: found } : write;
  return { write: target, prepare };
};

/** The rules of installations. */
export const INSTALLATION_RULES: ClassRules<Context> = { stages: [stage] };
