/** Why a delivery got no answer. */
export type Failure =
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'dns'
  | 'unreachable'
  | 'protocol'
  | 'header'
  | 'aborted'
  | 'other';

const byCode: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPROTO', 'tls'],
  ['ERR_INVALID_CHAR', 'header'],
  ['ERR_INVALID_HTTP_TOKEN', 'header'],
  ['ERR_HTTP_INVALID_HEADER_VALUE', 'header'],
]);

interface Circumstances {
  /** What ended it from this side. */
  readonly endedBy: 'timeout' | 'aborted' | undefined;
  readonly url: URL;
  readonly timeoutMs: number;
}

/** What an error of Node's stands for. Its own message is not passed on: it may quote a header. */
export function failureOf(
  error: unknown,
  { endedBy, url, timeoutMs }: Circumstances,
): { readonly failure: Failure; readonly reason: string } {
  const failure = endedBy ?? named(codeOf(error));
  return { failure, reason: reasons(url, timeoutMs)[failure] };
}

function named(code: string): Failure {
  const known = byCode.get(code);
  if (known) return known;
  if (code.startsWith('HPE_')) return 'protocol';
  return /CERT|SSL|TLS|SIGNED|UNABLE_TO|ISSUER/.test(code) ? 'tls' : 'other';
}

/** An address with several families fails with an error for each; they mostly agree. */
function codeOf(error: unknown): string {
  const { code, errors } = (error ?? {}) as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : '';
}

function reasons({ host, hostname, protocol }: URL, timeoutMs: number): Readonly<Record<Failure, string>> {
  return {
    refused: `nothing listens at ${host}`,
    reset: `${host} closed the connection before it answered`,
    timeout: `${host} did not answer within ${timeoutMs / 1000} s`,
    tls:
      protocol === 'https:'
        ? `no secure connection to ${host}: its certificate is not trusted, or it speaks plain HTTP`
        : `${host} speaks no plain HTTP`,
    dns: `there is no host of the name ${hostname}`,
    unreachable: `${host} cannot be reached from here`,
    protocol: `what ${host} answered is no HTTP`,
    header: 'a header holds what no request can have',
    aborted: 'it was ended before there was an answer',
    other: `the connection to ${host} failed`,
  };
}
