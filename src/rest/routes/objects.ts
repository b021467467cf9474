import type { Context } from '../../operations/context.ts';
import { createObject, deleteObject, updateObject } from '../../operations/objects/objects.ts';
import { findObjects, getObject } from '../../operations/queries/queries.ts';
import { permissionDenied } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../message.ts';
import { toQuery, toSelection } from '../parameters.ts';

/** The address of an object. That of a user has a form of its own. */
const locationOf = (className: string, objectId: JsonObject[string] | undefined, { options }: Context): string => {
  const path = className === '_User' ? '/users' : `/classes/${className}`;
  const { publicServerURL, serverURL } = options;
  return `${(publicServerURL ?? serverURL).replace(/\/$/, '')}${path}/${objectId}`;
};

const create = async (className: string, { fields }: RestCall, context: Context): Promise<RestResponse> => {
  const objectId = fields['objectId'];
  // Such a user's id would be taken for a role's name in an ACL.
  if (className === '_User' && typeof objectId === 'string' && objectId.startsWith('role:'))
    throw permissionDenied('Invalid object ID.');
  const created = await createObject(className, fields, context);
  const { objectId: id, isNew, answer } = created;
  // Known authData logs in instead, which answers with the whole user; an installation that is there already is changed.
  const isTold = isNew || answer['objectId'] !== undefined;
  return {
    status: isNew ? 201 : 200,
    ...(isTold && { headers: { location: locationOf(className, id, context) } }),
    body: answer,
  };
};

const find = async (className: string, call: RestCall, context: Context): Promise<RestResponse> => {
  const { results, count } = await findObjects(className, toQuery(call, context), context);
  return ok({ results, ...(count !== undefined && { count }) });
};

const get = async (className: string, call: RestCall, context: Context): Promise<RestResponse> => {
  const { objectId } = call.named;
  const { user, sessionToken } = context.auth;
  const found = await getObject(className, objectId, toSelection(call), context);
  // The SDKs take the token of the current user from here.
  const isSelf = className === '_User' && user?.objectId === objectId && sessionToken !== undefined;
  return ok(isSelf ? { ...found, sessionToken } : found);
};

/** The five rows of objects of one class, or, without `className`, of the class that the path names. */
export const objectRoutes = (path: string, className?: string): readonly RestRoute[] => {
  const one = `${path}/:objectId`;
  const classIn = ({ named }: RestCall): string => className ?? named.className;
  return [
    { method: 'GET', path, run: (call, context) => find(classIn(call), call, context) },
    { method: 'POST', path, run: (call, context) => create(classIn(call), call, context) },
    { method: 'GET', path: one, run: (call, context) => get(classIn(call), call, context) },
    {
      method: 'PUT',
      path: one,
      run: async (call, context) => ok(await updateObject(classIn(call), call.named.objectId, call.fields, context)),
    },
    {
      method: 'DELETE',
      path: one,
      run: async (call, context) => {
        await deleteObject(classIn(call), call.named.objectId, context);
        return ok({});
      },
    },
  ];
};
