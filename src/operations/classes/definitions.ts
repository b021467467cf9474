import type { SchemaOptions } from '../../options/table.ts';
import { columnsOf } from '../../parse/classes/columns.ts';
import { checkPermissions } from '../../parse/classes/permissions.ts';
import type { ClassSchema } from '../../parse/classes/schema.ts';
import { checkNewFields } from '../../parse/classes/validation.ts';
import type { Json } from '../../parse/record.ts';
import type { Transaction } from '../../store/store.ts';
import { completePermissions, DEFAULT_PERMISSIONS, putClass, type Schemas } from '../schemas.ts';

const withFields = (definition: ClassSchema, present: ClassSchema | undefined): ClassSchema['fields'] => {
  const builtIn = columnsOf(definition.className);
  const own = Object.fromEntries(
    Object.entries(definition.fields ?? {}).filter(([name]) => !Object.hasOwn(builtIn, name)),
  );
  checkNewFields(definition.className, own, {});
  return { ...present?.fields, ...own };
};

/**
 * Puts the classes of the option `schema` in place: what a definition does not open is closed, and no class takes new fields
 * from clients, as Parse Server has it for schemas that are given at the start. Throws for a definition that is wrong.
 */
export const defineClasses = (
  { definitions = [] }: SchemaOptions,
  schemas: Schemas,
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
    checkPermissions(given as Json, { ...columnsOf(definition.className), ...fields });
    putClass(
      { ...definition, fields, classLevelPermissions: { ...completePermissions(given), addField: {} } },
      transaction,
    );
  }
};
