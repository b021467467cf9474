import type { Connection, Json, JsonObject } from '../../src/client/index.ts';
import { isObject } from '../../src/parse/record.ts';
import { useConnection } from '../app/host.ts';
import { askRest, resultsOf } from './rest.ts';
import { type Loaded, useLoad } from './use-load.ts';

/** The type of a field of a class. */
export type FieldType = {
  /** `String`, `Pointer` … */
  readonly type: string;
  /** The class that it leads to. */
  readonly targetClass?: string;
  readonly required?: boolean;
  readonly defaultValue?: Json;
};

/** A class: its fields and its permissions. */
export type ClassShape = {
  readonly className: string;
  readonly fields: { readonly [name: string]: FieldType };
  readonly permissions: JsonObject;
};

const toFieldType = (given: Json): FieldType => {
  const field = isObject(given) ? given : {};
  const { type, targetClass, required, defaultValue } = field;
  return {
    type: typeof type === 'string' ? type : 'Object',
    ...(typeof targetClass === 'string' && { targetClass }),
    ...(required === true && { required }),
    ...(defaultValue !== undefined && { defaultValue }),
  };
};

const toShape = ({ className, fields, classLevelPermissions }: JsonObject): ClassShape => ({
  className: String(className),
  fields: isObject(fields)
    ? Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toFieldType(field)]))
    : {},
  permissions: isObject(classLevelPermissions) ? classLevelPermissions : {},
});

/** The classes of the emulator, by name. */
export const readClasses = async (connection: Connection): Promise<readonly ClassShape[]> => {
  const shapes = resultsOf(await askRest(connection, { method: 'GET', path: '/schemas' })).map(toShape);
  return [...shapes].sort((a, b) => (a.className < b.className ? -1 : 1));
};

/** The classes, read anew when one changes. */
export const useClasses = (): Loaded<readonly ClassShape[]> => {
  const connection = useConnection();
  return useLoad('classes', () => readClasses(connection), 'state change');
};

/** One class among them. */
export const findClass = (classes: readonly ClassShape[] | undefined, className: string): ClassShape | undefined =>
  classes?.find((one) => one.className === className);
