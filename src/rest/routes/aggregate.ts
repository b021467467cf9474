import { aggregate } from '../../operations/aggregate/aggregate.ts';
import { distinctValues } from '../../operations/aggregate/distinct.ts';
import type { Stage } from '../../operations/aggregate/pipeline.ts';
import type { Context } from '../../operations/context.ts';
import { ParseError } from '../../parse/error.ts';
import { isObject, type Json, type JsonObject } from '../../parse/record.ts';
import { masterOnly } from '../errors.ts';
import { ok, type RestCall, type RestResponse, type RestRoute } from '../message.ts';
import { parametersOf, whereIn } from '../parameters.ts';

const badQuery = (message: string): ParseError => new ParseError('INVALID_QUERY', message);

/** What says how the database is to go about it, and in which form it answers; it means nothing here. */
const ASIDE: ReadonlySet<string> = new Set(
  'distinct where hint explain comment readPreference rawValues rawFieldNames'.split(' '),
);

const toStage = (stage: Json | undefined): Stage => {
  const entries = isObject(stage) ? Object.entries(stage) : [];
  const [entry] = entries;
  if (!entry || entries.length > 1) {
    const names = entries.map(([name]) => name).join(', ');
    throw badQuery(`Pipeline stages should only have one key but found ${names}.`);
  }
  const [name, argument] = entry;
  if (!name.startsWith('$')) throw badQuery(`Invalid aggregate stage '${name}'.`);
  if (name === '$group' && isObject(argument)) {
    if (Object.hasOwn(argument, 'objectId')) throw badQuery("Cannot use 'objectId' in aggregation stage $group.");
    if (!Object.hasOwn(argument, '_id')) throw badQuery('Invalid parameter for query: group. Missing key _id');
  }
  return [name, argument];
};

/** The stages in `pipeline`, or else in the parameters themselves; a list of stages, or an object of them. */
const pipelineIn = (parameters: JsonObject): Stage[] => {
  const own = Object.fromEntries(Object.entries(parameters).filter(([name]) => !ASIDE.has(name)));
  const pipeline = parameters['pipeline'] || own;
  if (Array.isArray(pipeline)) return pipeline.map(toStage);
  return Object.entries(pipeline).map(([name, argument]) => toStage({ [name]: argument }));
};

const run = async (call: RestCall, context: Context): Promise<RestResponse> => {
  const { className } = call.named;
  const parameters = parametersOf(call);
  const pipeline = pipelineIn(parameters);
  const where = whereIn(parameters['where'], context) ?? {};
  const field = parameters['distinct'];
  const results = field
    ? await distinctValues(className, String(field), where, context)
    : await aggregate(className, pipeline, context);
  return ok({ results });
};

/** `Parse.Query`'s `distinct` and `aggregate`. */
export const AGGREGATE_ROUTES: readonly RestRoute[] = [
  { method: 'GET', path: '/aggregate/:className', run: masterOnly(run) },
];
