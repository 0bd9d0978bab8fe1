import { isIP } from 'node:net';
import { hostname } from 'node:os';

/** Whether a `Host` header names us. */
export type TrustedHosts = (host: string | null) => boolean;

type Answer = (request: Request) => Promise<Response>;
type Refusal = { readonly status: number; readonly code: string; readonly title: string };

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
const ANYWHERE = ['0.0.0.0', '::'];
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Room for the longest pasted text; files go to the paths without a limit. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
const UNLIMITED = ['/api/uploads'];

const CONTENT_SECURITY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-src 'self'; " +
  "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * Stands before everything on TCP: refuses what another web page may have sent through the user's browser, and says
 * in each answer what the browser may do with it.
 *
 * @param address the origin that browsers behind a tunnel or proxy name; null when there is none
 */
export function protect(answer: Answer, isTrusted: TrustedHosts, address: string | null = null): Answer {
  return async (request) => {
    const refusal = refusalOf(request, isTrusted, address);
    return withHeaders(request, refusal ? problemOf(refusal) : await answer(request));
  };
}

/**
 * The names under which a server is called.
 *
 * A page that rebinds its own name to our address sends that name, so names are listed. Addresses cannot be rebound:
 * a server for all addresses trusts every one of them.
 *
 * @param host what the server listens on
 * @param port the port it got
 * @param address `https://name` of a tunnel or proxy, whose name may come with the requests it passes on
 */
export function trustedHosts(host: string, port: number, address: string | null = null): TrustedHosts {
  const isAnywhere = ANYWHERE.includes(host);
  const machine = hostname().toLowerCase();
  const names = isAnywhere || isLoopback(host) ? [...LOOPBACK_NAMES] : [];
  if (isAnywhere) names.push(machine, `${machine}.local`);
  else names.push(host.includes(':') ? `[${host}]` : host.toLowerCase());
  const outside = address === null ? null : new URL(address).host;
  return (header) => {
    if (outside !== null && header?.toLowerCase() === outside) return true;
    const url = header === null || /[/?#@\\]/.test(header) ? null : URL.parse(`http://${header}`);
    if (!url || Number(url.port || 80) !== port) return false;
    return names.includes(url.hostname) || (isAnywhere && isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0);
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function refusalOf(request: Request, isTrusted: TrustedHosts, address: string | null): Refusal | null {
  const url = new URL(request.url);
  const host = request.headers.get('host');
  if (!isTrusted(host) || !isTrusted(url.host)) {
    return {
      status: 421,
      code: 'host-not-ours',
      title: 'This address is not one that Evenkeel was started for.',
    };
  }
  if (!isSameOrigin(request, url, address)) {
    return {
      status: 403,
      code: 'origin-not-ours',
      title: 'Another web page sent this request. Nothing was done.',
    };
  }
  return sizeRefusal(request, url.pathname);
}

/**
 * Browsers name the origin on whatever changes something; a program that is no browser sends neither header and holds
 * no cookies that another page could use. Other ports of this machine count as the same *site*, so cookies alone
 * would not keep their pages out.
 */
function isSameOrigin(request: Request, url: URL, address: string | null): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isApi = url.pathname.startsWith('/api');
  if (isApi && site !== null && site !== 'same-origin' && site !== 'none') return false;
  if (SAFE_METHODS.includes(request.method)) return true;
  if (origin === null || (address !== null && origin === address)) return true;
  return origin === `http://${request.headers.get('host')}`;
}

function sizeRefusal(request: Request, path: string): Refusal | null {
  if (UNLIMITED.includes(path)) return null;
  const length = request.headers.get('content-length');
  if (length === null && request.headers.has('transfer-encoding')) {
    return { status: 411, code: 'length-needed', title: 'The request does not say how long it is.' };
  }
  if (Number(length ?? 0) <= MAX_BODY_BYTES) return null;
  return { status: 413, code: 'too-large', title: 'The request is too large. Upload it as a file.' };
}

function problemOf({ status, code, title }: Refusal): Response {
  const problem = { type: `https://evenkeel.example/errors#${code}`, title, status, code, params: {} };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

function withHeaders(request: Request, response: Response): Response {
  const { headers } = response;
  for (const [name, value] of Object.entries(HEADERS)) headers.set(name, value);
  // A route may be stricter about what it sends, never laxer by forgetting.
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', CONTENT_SECURITY);
  if (new URL(request.url).pathname.startsWith('/api')) headers.set('cache-control', 'no-store');
  return response;
}
