import { UserError } from '../../parse/user-error.ts';
import { codeOf } from '../json/file-error.ts';

const REASONS: { readonly [code: string]: string } = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up at present',
  ETIMEDOUT: 'nobody answers',
  EHOSTUNREACH: 'there is no way to the host',
  UND_ERR_CONNECT_TIMEOUT: 'nobody answers',
  UND_ERR_HEADERS_OVERFLOW: 'the head of its answer has no end',
  HPE_INVALID_CONSTANT: 'what listens there does not speak HTTP',
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

const causes = (error: unknown): unknown[] =>
  error instanceof Error ? [error, ...causes(error.cause)] : error === undefined ? [] : [error];

const reasonFor = (error: unknown): string => {
  const all = causes(error);
  const code = all.map(codeOf).find((one) => one !== undefined) ?? '';
  if (CERTIFICATE.test(code)) {
    return `its certificate is not to be trusted (${code}). Where it is your own, put your authority's file into NODE_EXTRA_CA_CERTS`;
  }
  if (/^(?:ERR_SSL|EPROTO)/.test(code)) return 'what listens there does not speak HTTPS';
  if (all.some((one) => one instanceof Error && one.name === 'TimeoutError')) return 'it does not answer in time';
  if (code.startsWith('HPE_')) return REASONS['HPE_INVALID_CONSTANT'] ?? code;
  const last = all.at(-1);
  return REASONS[code] ?? (last instanceof Error ? last.message : String(last));
};

/** Why a server cannot be asked, in one message for a person. */
export const toRemoteError = (url: string, error: unknown): Error =>
  error instanceof UserError ? error : new UserError(`Failed to ask ${url}: ${reasonFor(error)}`, { cause: error });

/** The same for an answer that came, and is not a Parse Server's. */
export const badAnswer = (url: string, what: string): Error => new UserError(`Failed to ask ${url}: ${what}`);
