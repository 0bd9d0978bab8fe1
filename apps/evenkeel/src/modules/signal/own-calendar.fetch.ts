import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { FetchRefusal } from './own-calendar.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const LONGEST_MS = 15_000;
const MOST_REDIRECTS = 5;

/** How a name is found, and whom to trust beside the usual authorities; handed in so that a test can be the network. */
export type Net = {
  readonly resolve: (host: string) => Promise<readonly string[]>;
  readonly ca?: string;
};

export const INTERNET: Net = {
  resolve: async (host) => (await lookup(host, { all: true })).map(({ address }) => address),
};

/**
 * Fetches a calendar from an address that a member typed. That address, and each one it leads on to, is hostile: it may
 * name this machine or its neighbours, answer without end, or not at all.
 *
 * Only `https:`; plain `http:` to this machine itself, and only when the member typed that. Names are resolved here
 * and the connection goes to the address that was looked at, so that a name cannot change its mind in between.
 */
export async function fetchCalendar(address: string, net: Net): Promise<Outcome<string, FetchRefusal>> {
  const typed = URL.parse(address.trim().replace(/^webcals?:/i, 'https:'));
  if (!typed || !isAllowed(typed, typed)) return refuse('address-unusable', { address });
  const stop = AbortSignal.timeout(LONGEST_MS);
  let url = typed;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await get(url, typed, net, stop);
    if (!answer.ok) return answer;
    const next = redirectOf(answer.value, url);
    if (!next) return bodyOf(answer.value, url);
    answer.value.destroy();
    if (!isAllowed(next, typed)) return refuse('address-unusable', { address: next.href });
    url = next;
  }
  return refuse('calendar-unreachable', { host: typed.host, why: 'redirects' });
}

/** http only to the very loopback address that was typed. */
function isAllowed(url: URL, typed: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && isLoopbackName(url) && url.host === typed.host;
}

function isLoopbackName({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

async function get(
  url: URL,
  typed: URL,
  net: Net,
  signal: AbortSignal,
): Promise<Outcome<IncomingMessage, FetchRefusal>> {
  const unreachable = (why: string) => refuse('calendar-unreachable' as const, { host: url.host, why });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const found = isIP(host) ? [host] : await net.resolve(host).catch(() => []);
  const [chosen] = found;
  if (chosen === undefined) return unreachable('name');
  const isTypedLoopback = isLoopbackName(url) && url.host === typed.host;
  if (!isTypedLoopback && found.some(isPrivate)) return refuse('address-private', { host: url.host });
  const request = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((done) => {
    const sent = request(url, {
      ...{ signal, lookup: always(chosen), agent: false, ca: net.ca },
      headers: { accept: 'text/calendar', 'accept-encoding': 'identity', 'user-agent': 'Evenkeel' },
    });
    sent.on('response', (answer) => done(accept(answer)));
    sent.on('error', () => done(unreachable(signal.aborted ? 'time' : 'connection')));
    sent.end();
  });
}

/** The connection goes to what was looked at, not to what the name says by then. */
function always(address: string): LookupFunction {
  const family = isIP(address);
  return (_host, options, callback) =>
    options.all ? callback(null, [{ address, family }]) : callback(null, address, family);
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  if (statusCode < 300 || statusCode > 399 || !headers.location) return null;
  return URL.parse(headers.location, from.href);
}

async function bodyOf(answer: IncomingMessage, { host }: URL): Promise<Outcome<string, FetchRefusal>> {
  const { statusCode = 0, headers } = answer;
  const refused = (outcome: ReturnType<typeof refuse<FetchRefusal>>) => {
    answer.destroy();
    return outcome;
  };
  if (statusCode !== 200)
    return refused(refuse('calendar-unreachable', { host, why: `status ${statusCode}` }));
  const tooLarge = () => refused(refuse('calendar-too-large', { host, limitBytes: MAX_BYTES }));
  if (Number(headers['content-length'] ?? 0) > MAX_BYTES) return tooLarge();
  const parts: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      sizeBytes += part.length;
      if (sizeBytes > MAX_BYTES) return tooLarge();
      parts.push(part);
    }
  } catch {
    return refuse('calendar-unreachable', { host, why: 'connection' });
  }
  return accept(Buffer.concat(parts).toString('utf8'));
}

const privateRanges = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  privateRanges.addSubnet(net, bits, 'ipv4');
const publicRanges6 = new BlockList();
publicRanges6.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  privateRanges.addSubnet(net, bits, 'ipv6');

/**
 * Whether an address is not one of the open internet.
 *
 * @source IANA's registries of special-purpose IPv4 and IPv6 addresses
 */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return privateRanges.check(address, 'ipv4');
  const mapped = address.match(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i)?.[1];
  if (mapped) return isPrivate(mapped);
  return !publicRanges6.check(address, 'ipv6') || privateRanges.check(address, 'ipv6');
}
