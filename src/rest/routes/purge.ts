import { requireWritingMaster } from '../../operations/access/keys.ts';
import { deleteObject } from '../../operations/objects/objects.ts';
import { findObjects } from '../../operations/queries/queries.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestRoute } from '../message.ts';

/** Takes away all objects of a class but not the class: the Parse Dashboard's "delete all rows". */
export const PURGE_ROUTES: readonly RestRoute[] = [
  {
    method: 'DELETE',
    path: '/purge/:className',
    run: masterOnly(async ({ named: { className } }, context) => {
      requireWritingMaster(context, 'purge a schema');
      const { results } = await findObjects(className, { keys: [] }, context);
      await Promise.all(results.map(({ objectId }) => deleteObject(className, String(objectId), context)));
      return ok({});
    }),
  },
];
