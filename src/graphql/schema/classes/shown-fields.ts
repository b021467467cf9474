import type { FieldSchema } from '../../../parse/classes/schema.ts';
import type { GraphQLClassConfig, SortField } from '../../../parse/graphql-config.ts';
import type { FieldList, ShownFields } from '../../graphql-class.ts';
import { configuredName, configuredValues } from './config-names.ts';

const COMMON: FieldList = [
  ['ACL', { type: 'ACL' }],
  ['createdAt', { type: 'Date' }],
  ['objectId', { type: 'String' }],
  ['updatedAt', { type: 'Date' }],
];

const ID: readonly [string, FieldSchema] = ['id', { type: 'String' }];

const byName = (entries: FieldList): FieldList => [...entries].sort(([one], [other]) => (one < other ? -1 : 1));

const only = (fields: FieldList, names: readonly string[] | null | undefined): FieldList =>
  names ? fields.filter(([name]) => names.includes(name)) : fields;

const bothWays = (field: string): SortField => ({ field, asc: true, desc: true });

const orderValues = (sortFields: readonly SortField[], className: string): readonly string[] =>
  configuredValues(
    sortFields.flatMap(({ field, asc, desc }) => [
      ...(asc ? [`${field}_ASC`] : []),
      ...(desc ? [`${field}_DESC`] : []),
    ]),
    className,
  ).map((value) => configuredName(value, className));

/** The fields that the types of a class have: all of `own`, unless the configuration of the schema says less. */
export const toShownFields = (className: string, own: FieldList, config: GraphQLClassConfig['type']): ShownFields => {
  const { inputFields, outputFields, constraintFields, sortFields } = config ?? {};
  const all = [...byName([...COMMON, ...own]), ID];
  const output = only(own, outputFields);
  // An `order` without values would not be a type.
  const sorted = sortFields?.length === 0 ? [bothWays('id')] : (sortFields ?? all.map(([name]) => bothWays(name)));
  return {
    create: only(own, inputFields?.create),
    update: only(own, inputFields?.update),
    output: className === '_User' ? output.filter(([name]) => name !== 'password') : output,
    where: constraintFields ? only(own, constraintFields) : all,
    order: orderValues(sorted, className),
  };
};
