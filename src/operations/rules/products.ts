import { isObject } from '../../parse/record.ts';
import type { Context } from '../context.ts';
import { requires } from '../objects/required.ts';
import type { ClassRules, Stage } from '../objects/stages.ts';

/** The name of what is downloaded is told beside it. */
const nameDownload: Stage<Context> = (write) => {
  const { download } = write.fields;
  const name = isObject(download) ? download['name'] : undefined;
  return { write: name === undefined ? write : { ...write, fields: { ...write.fields, downloadName: name } } };
};

/** What is sold in an application: each product says what it is, and keeps saying it. */
export const PRODUCT_RULES: ClassRules<Context> = {
  stages: [requires(['productIdentifier', 'icon', 'order', 'title', 'subtitle']), nameDownload],
};
