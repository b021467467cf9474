import type { ReactNode } from 'react';
import type { Connection, JsonObject } from '../../../src/client/index.ts';
import { isPointer, type Json, type Pointer } from '../../../src/parse/record.ts';
import { useConnection } from '../../app/host.ts';
import { toPath, useGo } from '../../app/route.ts';
import { showValue } from '../../fields/show-value.ts';
import { Button } from '../../kit/button.tsx';
import { Note } from '../../kit/notes.tsx';
import { askRest, restPathOf, resultsOf } from '../../lib/rest.ts';
import type { ClassShape } from '../../lib/schemas.ts';
import { useLoad } from '../../lib/use-load.ts';

type LinksTabProps = { readonly shape: ClassShape; readonly object: JsonObject };

type Related = { readonly field: string; readonly className: string };

const pointersIn = (value: Json | undefined): Pointer[] =>
  isPointer(value) ? [value] : Array.isArray(value) ? value.filter(isPointer) : [];

const readRelated = (connection: Connection, from: ClassShape, objectId: string, { field, className }: Related) => {
  const where = { $relatedTo: { object: { __type: 'Pointer', className: from.className, objectId }, key: field } };
  const query = { where: JSON.stringify(where), limit: '50' };
  return askRest(connection, { method: 'GET', path: restPathOf(className), query }).then(resultsOf);
};

const RelatedList = ({ shape, object, related }: LinksTabProps & { readonly related: Related }): ReactNode => {
  const connection = useConnection();
  const go = useGo();
  const objectId = String(object['objectId']);
  const load = () => readRelated(connection, shape, objectId, related);
  const { value: found } = useLoad(`${objectId} ${related.field}`, load, 'change state');
  return (
    <div className="pue-stack">
      <h3 className="pue-title-small">
        {related.field}, relation to {related.className}
      </h3>
      {found?.length === 0 && <Note>It relates to nothing.</Note>}
      <div className="pue-actions">
        {found?.map((one) => (
          <Button
            key={String(one['objectId'])}
            icon="link"
            onPress={() => go(toPath('objects', related.className, String(one['objectId'])))}
          >
            {showValue(one['username'] ?? one['name'] ?? one['title'] ?? one['objectId'])}
          </Button>
        ))}
      </div>
    </div>
  );
};

/** The pointers and relations of an object, to follow. */
export const LinksTab = ({ shape, object }: LinksTabProps): ReactNode => {
  const go = useGo();
  const pointers = Object.entries(object).flatMap(([field, value]) =>
    pointersIn(value).map((pointer) => ({ field, pointer })),
  );
  const relations = Object.entries(shape.fields).flatMap(([field, { type, targetClass = '' }]) =>
    type === 'Relation' ? [{ field, className: targetClass }] : [],
  );
  if (pointers.length === 0 && relations.length === 0) return <Note>It leads to no other object.</Note>;
  return (
    <div className="pue-stack">
      <div className="pue-actions">
        {pointers.map(({ field, pointer }) => (
          <Button
            key={`${field} ${pointer.objectId}`}
            icon="link"
            onPress={() => go(toPath('objects', pointer.className, pointer.objectId))}
          >
            {field}: {pointer.className} {pointer.objectId}
          </Button>
        ))}
      </div>
      {relations.map((related) => (
        <RelatedList key={related.field} shape={shape} object={object} related={related} />
      ))}
    </div>
  );
};
