import type { SchemaOptions } from '../../options/table.ts';
import { columnsOf } from '../../parse/classes/columns.ts';
import { checkPermissions } from '../../parse/classes/permissions.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import { checkNewFields } from '../../parse/classes/validation.ts';
import type { Json } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { completePermissions, DEFAULT_PERMISSIONS, putClass } from '../schemas.ts';

const withFields = (definition: ClassSchema, present: ClassSchema | undefined): ClassSchema['fields'] => {
  const builtIn = columnsOf(definition.className);
  const own = Object.fromEntries(
    Object.entries(definition.fields ?? {}).filter(([name]) => !Object.hasOwn(builtIn, name)),
  );
  checkNewFields(definition.className, own, {});
  const kept = present?.fields ?? {};
  const isChanged = (name: string): boolean =>
    own[name]?.type !== kept[name]?.type || own[name]?.targetClass !== kept[name]?.targetClass;
  // What the data holds already keeps its type, whatever the definition says.
  const retyped = Object.fromEntries(
    Object.entries(kept).filter(([name]) => Object.hasOwn(own, name) && isChanged(name)),
  );
  return { ...kept, ...own, ...retyped };
};

/**
 * Puts the classes of the option `schema` in place: what a definition does not open is closed, and no class takes new fields
 * from clients, as Parse Server has it for schemas that are given at the start. Throws for a definition that is wrong.
 */
export const defineClasses = (
  { definitions = [] }: SchemaOptions,
  { schemas, options }: Pick<Context, 'schemas' | 'options'>,
  transaction: Transaction,
): void => {
  const defined = new Map(definitions.map((definition) => [definition.className, definition]));
  for (const present of schemas.list()) {
    if (defined.has(present.className)) continue;
    const permissions = { ...(present.classLevelPermissions ?? DEFAULT_PERMISSIONS), addField: {} };
    putClass({ ...present, classLevelPermissions: permissions }, transaction);
  }
  for (const definition of definitions) {
    const fields = withFields(definition, schemas.get(definition.className));
    const given = definition.classLevelPermissions ?? {};
    checkPermissions(given as Json, { ...columnsOf(definition.className), ...fields }, options.allowCustomObjectId);
    putClass(
      { ...definition, fields, classLevelPermissions: { ...completePermissions(given), addField: {} } },
      transaction,
    );
  }
};
