import type { ClassSchema } from '../../parse/classes/schema.ts';
import { ParseError } from '../../parse/error.ts';
import type { JsonObject } from '../../parse/record.ts';
import { checkClassAccess } from '../access/class-access.ts';
import type { Context } from '../context.ts';
import { withFileUrls } from '../files/files.ts';
import { relationsOf } from '../queries/visibility.ts';
import { type Document, fromDocument, toDocument } from './documents.ts';
import { groupsByLink, type Stage, toPipeline } from './pipeline.ts';

const fieldsOf = (className: string, { schemas }: Context): ClassSchema['fields'] =>
  schemas.get(className)?.fields ?? {};

const documentsOf = (className: string, context: Context): Document[] => {
  checkClassAccess('find', className, context);
  const fields = fieldsOf(className, context);
  return [...context.store.all(className)].map((record) => toDocument(record, fields));
};

const asRefusal = (error: unknown): unknown =>
  error instanceof ParseError || !(error instanceof Error) ? error : new ParseError('INVALID_QUERY', error.message);

/**
 * What comes out of a class at the end of a pipeline, by MongoDB's rules: documents as Parse Server has them go in, and objects
 * in REST form come out. Nothing is found in a class that is not there. Rejects with 102 for what is not a pipeline.
 */
export const aggregate = async (
  className: string,
  stages: readonly Stage[],
  context: Context,
): Promise<readonly JsonObject[]> => {
  const documents = documentsOf(className, context);
  if (!context.schemas.get(className)) return [];
  const { runPipeline, STAGES } = await import('./engine.ts'); // large, and for few
  const unknown = stages.find(([name]) => !STAGES.has(name));
  if (unknown) throw new ParseError('INVALID_QUERY', `Unrecognized pipeline stage name: '${unknown[0]}'`);
  const fields = fieldsOf(className, context);
  const pipeline = toPipeline(stages, fields);
  try {
    const found = runPipeline(pipeline, documents, {
      now: context.clock.now(),
      random: context.random,
      documentsOf: (other) => documentsOf(other, context),
    });
    const idIsLink = groupsByLink(pipeline);
    const relations = relationsOf(context.schemas.get(className));
    return found.map((document) => ({
      ...withFileUrls(fromDocument(document, fields, idIsLink), context),
      ...relations,
    }));
  } catch (error) {
    throw asRefusal(error);
  }
};
