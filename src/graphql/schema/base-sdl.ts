/** The types that are the same whatever classes there are, in the order and with the fields of Parse Server's schema. */
export const BASE_SDL: string = /* GraphQL */ `
type ACL {
  users: [UserACL!]
  roles: [RoleACL!]
  public: PublicACL
}

input ACLInput {
  users: [UserACLInput!]
  roles: [RoleACLInput!]
  public: PublicACLInput
}
scalar Any

input ArrayWhereInput {
  equalTo: Any
  notEqualTo: Any
  lessThan: Any
  lessThanOrEqualTo: Any
  greaterThan: Any
  greaterThanOrEqualTo: Any
  in: [Any]
  notIn: [Any]
  exists: Boolean
  containedBy: [Any]
  contains: [Any]
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input BooleanWhereInput {
  equalTo: Boolean
  notEqualTo: Boolean
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input BoxInput {
  bottomLeft: GeoPointInput!
  upperRight: GeoPointInput!
}
scalar Bytes

input BytesWhereInput {
  equalTo: Bytes
  notEqualTo: Bytes
  lessThan: Bytes
  lessThanOrEqualTo: Bytes
  greaterThan: Bytes
  greaterThanOrEqualTo: Bytes
  in: [Bytes]
  notIn: [Bytes]
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input CenterSphereInput {
  center: GeoPointInput!
  distance: Float!
}

type Class {
  name: String!
  schemaFields: [SchemaField!]!
}

type ConfigValue {
  value: String
  isMasterKeyOnly: Boolean
}

input CreateClassInput {
  name: String!
  schemaFields: SchemaFieldsInput
  clientMutationId: String
}

type CreateClassPayload {
  class: Class!
  clientMutationId: String
}

input CreateFileInput {
  upload: Upload!
  clientMutationId: String
}

type CreateFilePayload {
  fileInfo: FileInfo!
  clientMutationId: String
}
scalar Date

input DateWhereInput {
  equalTo: Date
  notEqualTo: Date
  lessThan: Date
  lessThanOrEqualTo: Date
  greaterThan: Date
  greaterThanOrEqualTo: Date
  in: [Date]
  notIn: [Date]
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input DeleteClassInput {
  name: String!
  clientMutationId: String
}

type DeleteClassPayload {
  class: Class!
  clientMutationId: String
}

type Element { value: Any! }
scalar File

type FileInfo {
  name: String!
  url: String!
}

input FileInput {
  file: File
  upload: Upload
}

input FileWhereInput {
  equalTo: File
  notEqualTo: File
  lessThan: File
  lessThanOrEqualTo: File
  greaterThan: File
  greaterThanOrEqualTo: File
  in: [File]
  notIn: [File]
  exists: Boolean
  matchesRegex: String
  options: String
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input GeoIntersectsInput { point: GeoPointInput }

type GeoPoint {
  latitude: Float!
  longitude: Float!
}

input GeoPointInput {
  latitude: Float!
  longitude: Float!
}

input GeoPointWhereInput {
  exists: Boolean
  nearSphere: GeoPointInput
  maxDistance: Float
  maxDistanceInRadians: Float
  maxDistanceInMiles: Float
  maxDistanceInKilometers: Float
  within: WithinInput
  geoWithin: GeoWithinInput
}

input GeoWithinInput {
  polygon: [GeoPointInput!]
  centerSphere: CenterSphereInput
}

input IdWhereInput {
  equalTo: ID
  notEqualTo: ID
  lessThan: ID
  lessThanOrEqualTo: ID
  greaterThan: ID
  greaterThanOrEqualTo: ID
  in: [ID]
  notIn: [ID]
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input KeyValueInput {
  key: String!
  value: Any!
}

interface Node { id: ID! }

input NumberWhereInput {
  equalTo: Float
  notEqualTo: Float
  lessThan: Float
  lessThanOrEqualTo: Float
  greaterThan: Float
  greaterThanOrEqualTo: Float
  in: [Float]
  notIn: [Float]
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}
scalar Object

input ObjectWhereInput {
  equalTo: KeyValueInput
  notEqualTo: KeyValueInput
  in: [KeyValueInput]
  notIn: [KeyValueInput]
  lessThan: KeyValueInput
  lessThanOrEqualTo: KeyValueInput
  greaterThan: KeyValueInput
  greaterThanOrEqualTo: KeyValueInput
  exists: Boolean
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

type PageInfo {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}

interface ParseObject {
  objectId: ID!
  createdAt: Date!
  updatedAt: Date!
  ACL: ACL!
}

input PointerFieldInput {
  name: String!
  targetClassName: String!
}

input PolygonWhereInput {
  exists: Boolean
  geoIntersects: GeoIntersectsInput
}

type PublicACL {
  read: Boolean
  write: Boolean
}

input PublicACLInput {
  read: Boolean!
  write: Boolean!
}

input ReadOptionsInput {
  readPreference: ReadPreference
  includeReadPreference: ReadPreference
  subqueryReadPreference: ReadPreference
}

enum ReadPreference {
  PRIMARY
  PRIMARY_PREFERRED
  SECONDARY
  SECONDARY_PREFERRED
  NEAREST
}

input RelationFieldInput {
  name: String!
  targetClassName: String!
}

type RoleACL {
  roleName: ID!
  read: Boolean!
  write: Boolean!
}

input RoleACLInput {
  roleName: String!
  read: Boolean!
  write: Boolean!
}

type SchemaStringField implements SchemaField { name: String! }

type SchemaNumberField implements SchemaField { name: String! }

type SchemaBooleanField implements SchemaField { name: String! }

type SchemaArrayField implements SchemaField { name: String! }

type SchemaObjectField implements SchemaField { name: String! }

type SchemaDateField implements SchemaField { name: String! }

type SchemaFileField implements SchemaField { name: String! }

type SchemaGeoPointField implements SchemaField { name: String! }

type SchemaPolygonField implements SchemaField { name: String! }

type SchemaBytesField implements SchemaField { name: String! }

type SchemaPointerField implements SchemaField {
  name: String!
  targetClassName: String!
}

type SchemaRelationField implements SchemaField {
  name: String!
  targetClassName: String!
}

type SchemaACLField implements SchemaField { name: String! }

input SchemaArrayFieldInput { name: String! }
input SchemaBooleanFieldInput { name: String! }
input SchemaBytesFieldInput { name: String! }
input SchemaDateFieldInput { name: String! }

interface SchemaField { name: String! }
input SchemaFieldInput { name: String! }
input SchemaFieldsInput {
  addStrings: [SchemaStringFieldInput!]
  addNumbers: [SchemaNumberFieldInput!]
  addBooleans: [SchemaBooleanFieldInput!]
  addArrays: [SchemaArrayFieldInput!]
  addObjects: [SchemaObjectFieldInput!]
  addDates: [SchemaDateFieldInput!]
  addFiles: [SchemaFileFieldInput!]
  addGeoPoint: SchemaGeoPointFieldInput
  addPolygons: [SchemaPolygonFieldInput!]
  addBytes: [SchemaBytesFieldInput!]
  addPointers: [PointerFieldInput!]
  addRelations: [RelationFieldInput!]
  remove: [SchemaFieldInput!]
}

input SchemaFileFieldInput { name: String! }
input SchemaGeoPointFieldInput { name: String! }
input SchemaNumberFieldInput { name: String! }
input SchemaObjectFieldInput { name: String! }
input SchemaPolygonFieldInput { name: String! }
input SchemaStringFieldInput { name: String! }

input SearchInput {
  term: String!
  language: String
  caseSensitive: Boolean
  diacriticSensitive: Boolean
}

input SelectInput {
  query: SubqueryInput!
  key: String!
}

input StringWhereInput {
  equalTo: String
  notEqualTo: String
  lessThan: String
  lessThanOrEqualTo: String
  greaterThan: String
  greaterThanOrEqualTo: String
  in: [String]
  notIn: [String]
  exists: Boolean
  matchesRegex: String
  options: String
  text: TextInput
  inQueryKey: SelectInput
  notInQueryKey: SelectInput
}

input SubqueryInput {
  className: String!
  where: Object!
}

input TextInput { search: SearchInput! }

input UpdateClassInput {
  name: String!
  schemaFields: SchemaFieldsInput
  clientMutationId: String
}

type UpdateClassPayload {
  class: Class!
  clientMutationId: String
}

input UpdateCloudConfigInput {
  paramName: String!
  value: String!
  isMasterKeyOnly: Boolean = false
  clientMutationId: String
}

type UpdateCloudConfigPayload {
  cloudConfig: ConfigValue!
  clientMutationId: String
}
scalar Upload

type UserACL {
  userId: ID!
  read: Boolean!
  write: Boolean!
}

input UserACLInput {
  userId: ID!
  read: Boolean!
  write: Boolean!
}

input WithinInput { box: BoxInput! }
`;
