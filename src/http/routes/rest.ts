import type { Auth, Context, RequestFacts } from '../../operations/context.ts';
import { fromBase64 } from '../../operations/files/files.ts';
import { toBytes } from '../../options/byte-size.ts';
import { pathsOf } from '../../options/paths.ts';
import { isObject, type JsonObject } from '../../parse/record.ts';
import type { RestRequest, RestResponse } from '../../rest/routes.ts';
import { badCloudContext, toAuth, toCloudContext } from '../auth.ts';
import type { Credentials } from '../credentials/credentials.ts';
import { fromBody, fromHeaders } from '../credentials/credentials.ts';
import { createCounter } from '../credentials/rate-limits.ts';
import type { Parts, RequestScope } from '../parts.ts';
import { toContext, toFacts } from '../parts.ts';
import { createTeller } from '../refusals.ts';
import { json, notFoundPage, type Refused, unauthorized } from '../wire/answers.ts';
import { checkSize, readForm, readJson } from '../wire/body.ts';
import { toMediaType } from '../wire/media-type.ts';
import type { HttpRequest, HttpResponse } from '../wire/message.ts';
import { readQuery } from '../wire/query.ts';
import type { HttpRoute } from './routes.ts';

/** A request on its way to the operations. */
type ParsedRequest = {
  readonly method: string;
  readonly headers: HttpRequest['headers'];
  readonly body: unknown;
  readonly fileData?: JsonObject | undefined;
};

const isUpload = (method: string, path: string): boolean => method === 'POST' && /^\/+files\/[^/]+\/?$/i.test(path);

/** A body is JSON, whatever type it claims, unless it is a form. A file stays as it is. */
const readBody = (request: HttpRequest, path: string, limit: number): unknown => {
  const type = toMediaType(request.headers['content-type'] ?? '')?.essence;
  if (isUpload(request.method, path)) {
    checkSize(request.body, limit);
    return typeof request.body === 'string' ? new TextEncoder().encode(request.body) : request.body;
  }
  if (type === 'application/x-www-form-urlencoded') return readForm(request);
  return type === 'multipart/form-data' ? undefined : readJson(request, limit);
};

/** A POST may name another method in its body, as the SDKs for browsers do. */
const overrideMethod = (method: string, body: unknown): { readonly method: string; readonly body: unknown } => {
  if (!isObject(body) || body instanceof Uint8Array) return { method, body };
  const { _method, _noBody, ...rest } = body;
  const named = method === 'POST' && typeof _method === 'string' && _method !== '' ? _method.toUpperCase() : method;
  return {
    method: named,
    body: method === 'POST' && _method ? rest : { ...rest, ...(_method !== undefined && { _method }) },
  };
};

/** A file that the SDK sends is base64 in JSON, with the credentials beside it, unless it is sent as a stream. */
const fileInJson = (bytes: Uint8Array, headers: HttpRequest['headers']): unknown => {
  if (headers['x-parse-upload-mode'] === 'stream') return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
};

const toBytesOf = (base64: unknown): Uint8Array => {
  try {
    return fromBase64(typeof base64 === 'string' ? base64 : '');
  } catch {
    return new Uint8Array();
  }
};

type FileInJson = { readonly [name: string]: unknown };

const toFile = ({ base64, fileData }: FileInJson): Pick<ParsedRequest, 'body' | 'fileData'> => ({
  body: toBytesOf(base64),
  ...(isObject(fileData) && { fileData }),
});

type PreparedRequest = Omit<RestRequest, 'query'>;

type Identified = {
  readonly credentials: Credentials;
  readonly call: ParsedRequest;
  readonly cloudContext?: RequestFacts['cloudContext'] | undefined;
};

/** Looks for the application id in the headers, then in the body; the answer to those who name none. */
const identify = (call: ParsedRequest, parts: Parts): Identified | Refused => {
  const credentials = fromHeaders(call.headers, parts.options);
  if (credentials.appId === parts.options.appId) return { credentials, call };
  const file = call.body instanceof Uint8Array ? call.body : undefined;
  const found = fromBody(file ? fileInJson(file, call.headers) : call.body, credentials, parts.options);
  if (!found) return unauthorized('appId');
  const cloudContext = toCloudContext(found.cloudContext || undefined);
  if (!cloudContext) return badCloudContext();
  const headers =
    found.contentType === undefined ? call.headers : { ...call.headers, 'content-type': found.contentType };
  return {
    credentials: found.credentials,
    call: { ...call, headers, ...(file ? toFile(found.body) : { body: found.body }) },
    ...(found.cloudContext ? { cloudContext } : {}),
  };
};

/** With such a key in a header, and for no installation, Parse Server takes a request for one of its own Cloud Code. */
const isCloud = ({ headers }: HttpRequest, { isMaster, isMaintenance }: Auth): boolean =>
  ((isMaster && headers['x-parse-master-key'] !== undefined) || isMaintenance === true) &&
  headers['x-parse-installation-id'] === undefined;

const toResponse = ({ status, headers, body }: RestResponse): HttpResponse =>
  body === undefined ? { status, headers: { ...headers }, body: '' } : json(status, body, headers);

/** REST below `/parse`: the form of the body, who asks, and the rest is the affair of `rest/`. */
export const createRestRoute = (parts: Parts): HttpRoute['answer'] => {
  const { options } = parts;
  const limit = toBytes(options.maxUploadSize) ?? 0;
  const teller = createTeller(parts);

  const ask = async (
    call: PreparedRequest,
    search: string,
    context: Context,
    scope: RequestScope,
  ): Promise<HttpResponse> => {
    const { path } = call;
    const answer = await parts.rest({ ...call, query: readQuery(search) }, context);
    const reasons = (answer.reasons ?? [answer.reason]).map((reason) => teller.note(reason, scope));
    return answer.status === 404 && answer.body === undefined
      ? notFoundPage({ method: call.method, url: `${pathsOf(options).rest}${path}` })
      : toResponse(teller.explainer.rest(answer, reasons));
  };

  return async (request, target, path, scope) => {
    const read = overrideMethod(request.method, readBody(request, path, limit));
    const ofHeader = toCloudContext(request.headers['x-parse-cloud-context']);
    if (!ofHeader) return teller.refuse(badCloudContext(), scope);
    const identified = identify({ ...read, headers: request.headers }, parts);
    if ('refused' in identified) return teller.refuse(identified, scope);
    const { credentials, call, cloudContext = ofHeader } = identified;
    const counter = createCounter({ ...request, method: call.method, path, credentials }, parts, scope);
    const auth = toAuth(credentials, { method: call.method, path, request, target, ...counter }, parts, scope);
    if ('refused' in auth) return teller.refuse(auth, scope);
    const asker = isCloud(request, auth) ? { ...auth, isCloud: true } : auth;
    const context = toContext(parts, asker, scope, toFacts(request, cloudContext));
    const given = { ...call, path, refusals: scope.refusals, countCall: counter?.countCall };
    const answer = await ask(given, target.search, context, scope);
    return counter ? counter.tell(answer) : answer;
  };
};
