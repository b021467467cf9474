import { getConfig, updateConfig } from '../../operations/config.ts';
import type { Context } from '../../operations/context.ts';
import { callFunction } from '../../operations/functions/functions.ts';
import { ParseError, permissionDenied } from '../../parse/error.ts';
import type { Json } from '../../parse/record.ts';
import { type Input, type RootResolver, resolveObject } from './classes.ts';
import { keepUpload } from './fields-input.ts';
import { fromGlobalId } from './global-id.ts';

const configValue = (
  paramName: string,
  context: Context,
): { value: Json | undefined; isMasterKeyOnly: Json | undefined } => {
  if (!context.auth.isMaster) throw permissionDenied(undefined, 'OPERATION_FORBIDDEN', 'masterKeyMissing');
  const { params, masterKeyOnly } = getConfig(context);
  return { value: params[paramName], isMasterKeyOnly: masterKeyOnly?.[paramName] };
};

const node: RootResolver<{ id: string }> = (_, { id }, { context }, info) => {
  const { className, objectId } = fromGlobalId(id);
  if (className === '') throw new ParseError('INTERNAL_SERVER_ERROR', 'An internal server error occurred');
  return resolveObject(className, objectId, info, context);
};

const cloudConfig: RootResolver<{ paramName: string }> = (_, { paramName }, { context }) =>
  configValue(paramName, context);

/** The queries that belong to no class. */
export const APPLICATION_QUERIES: { [field: string]: RootResolver<never> } = { node, health: () => true, cloudConfig };

type ConfigInput = { readonly paramName: string; readonly value: string; readonly isMasterKeyOnly: boolean };

const updateCloudConfig: RootResolver<Input<ConfigInput>> = async (_, { input }, { context }) => {
  const { paramName, value, isMasterKeyOnly, clientMutationId } = input;
  await updateConfig({ params: { [paramName]: value }, masterKeyOnly: { [paramName]: isMasterKeyOnly } }, context);
  return { cloudConfig: configValue(paramName, context), clientMutationId };
};

/** Parse Server hands on what REST answered, be it an error: a `FileInfo` that has no name. */
const keepOrRefuse = async (upload: unknown, context: Context): Promise<object> => {
  try {
    return await keepUpload(upload, context);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { code: error.code, error: error.message };
  }
};

const createFile: RootResolver<Input<{ upload: unknown }>> = async (_, { input }, { context }) => ({
  fileInfo: await keepOrRefuse(input.upload, context),
  clientMutationId: input.clientMutationId,
});

const callCloudCode: RootResolver<Input<{ functionName: string; params?: Json }>> = async (
  _,
  { input },
  { context },
) => {
  const { result } = await callFunction(input.functionName, input.params, context);
  return { result, clientMutationId: input.clientMutationId };
};

/** The mutations that belong to no class. */
export const APPLICATION_MUTATIONS: { [field: string]: RootResolver<never> } = { createFile, updateCloudConfig };

/** The mutation that calls the functions of the options; there only where there are any. */
export const CLOUD_CODE_MUTATION: { [field: string]: RootResolver<never> } = { callCloudCode };
