import { GraphQLError, type GraphQLFieldResolver } from 'graphql';
import type { FieldSchema } from '../../parse/classes/schema.ts';
import { isObject, isPointer, type Json, toPointer } from '../../parse/record.ts';
import type { GraphQLContext } from '../context.ts';
import { untranslated } from '../errors.ts';
import type { FindClass, GraphQLClass } from '../graphql-class.ts';
import { toAclOutput } from './acl.ts';
import { findConnection, type ListArguments } from './connection.ts';
import { toGlobalId } from './global-id.ts';
import { type ObjectNode, toObjectNode } from './object-node.ts';
import { selectedBelow } from './selection.ts';
import { fromWhereInput } from './where-input.ts';

// biome-ignore lint/suspicious/noExplicitAny: graphql-js leaves the arguments of a resolver to the schema
type Arguments = any;

/** A resolver of a field of an object. */
export type ObjectResolver = GraphQLFieldResolver<ObjectNode, GraphQLContext, Arguments>;

const closeRing = (points: { latitude: Json; longitude: Json }[]): { latitude: Json; longitude: Json }[] => {
  const first = points[0];
  const last = points.at(-1);
  const isClosed = first && last && first.latitude === last.latitude && first.longitude === last.longitude;
  return first && !isClosed ? [...points, first] : points;
};

const toPolygon = (value: Json): unknown => {
  const coordinates = isObject(value) && Array.isArray(value['coordinates']) ? value['coordinates'] : [];
  return closeRing(
    coordinates.map((corner) =>
      Array.isArray(corner) ? { latitude: corner[0] ?? 0, longitude: corner[1] ?? 0 } : { latitude: 0, longitude: 0 },
    ),
  );
};

// Parse Server stumbles over a null in a list, and says so in the words of its JavaScript engine.
const NULL_MEMBER = new GraphQLError("Cannot read properties of null (reading 'className')");

// Nor does it know the fields of a class that its schema does not show.
const hiddenRelation: ObjectResolver = async () => {
  throw new GraphQLError("Cannot read properties of undefined (reading 'fields')");
};

const toArrayResult = (value: Json): unknown =>
  Array.isArray(value)
    ? value.map((member) => (member === null ? NULL_MEMBER : (toObjectNode(member) ?? { value: member })))
    : null;

const isOperation = (value: Json | undefined): boolean => isObject(value) && typeof value['__op'] === 'string';

const valueResolver =
  (name: string, convert: (value: Json) => unknown): ObjectResolver =>
  ({ record }) => {
    const value = Object.hasOwn(record, name) ? record[name] : undefined; // a field may be named `toString`
    return value === undefined || value === null || isOperation(value) ? null : convert(value);
  };

// A pointer of which nothing but its type is asked is not followed, so that even one that leads nowhere has a type.
const pointerResolver =
  (name: string): ObjectResolver =>
  ({ record }, _, __, info) => {
    const value = record[name];
    if (isPointer(value) && selectedBelow(info).size === 0) {
      return { className: value.className, record: { objectId: value.objectId } };
    }
    return toObjectNode(value) ?? null;
  };

const relationResolver =
  (name: string, target: GraphQLClass, find: FindClass): ObjectResolver =>
  ({ className, record }, args: ListArguments, { context }, info) => {
    const related = { $relatedTo: { object: toPointer(className, String(record['objectId'])), key: name } };
    return untranslated(async () => {
      const where = { ...related, ...fromWhereInput(args.where, target, find) };
      return findConnection(target, where, args, info, context);
    });
  };

const resolverOf = (name: string, { type, targetClass }: FieldSchema, find: FindClass): ObjectResolver => {
  const target = targetClass === undefined ? undefined : find(targetClass);
  if (type === 'Relation') return target ? relationResolver(name, target, find) : hiddenRelation;
  if (target?.types.object && type === 'Pointer') return pointerResolver(name);
  if (type === 'Array') return valueResolver(name, toArrayResult);
  if (type === 'Polygon') return valueResolver(name, toPolygon);
  return valueResolver(name, (value) => value);
};

/** The resolvers of the fields of a class. */
export const objectResolvers = (graphQLClass: GraphQLClass, find: FindClass): { [field: string]: ObjectResolver } => {
  const isUsers = graphQLClass.className === '_User';
  return {
    id: ({ className, record }) => toGlobalId(className, String(record['objectId'])),
    objectId: ({ record }) => record['objectId'],
    createdAt: ({ record }) => record['createdAt'],
    updatedAt: ({ record }) => record['updatedAt'],
    ACL: ({ record }) => toAclOutput(record['ACL']),
    ...(isUsers && { authDataResponse: ({ record }) => record['authDataResponse'] }),
    ...Object.fromEntries(graphQLClass.shown.output.map(([name, field]) => [name, resolverOf(name, field, find)])),
  };
};
