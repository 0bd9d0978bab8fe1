import type { AskAuthority, Outside } from './anchor.actions.ts';
import type { FetchRevocation } from './revocation.actions.ts';
import type { ShowWitness } from './witness.actions.ts';

const LONGEST_MS = 15_000;
const MOST_BYTES = 64 * 1024;

/**
 * Posts a request to a time-stamp authority. Many speak plain HTTP: what they answer is signed, and what is sent is a
 * hash.
 *
 * @returns null when nobody answers in time, or with something else than an answer of a plausible size
 * @source RFC 3161 §3.4
 */
const askByHttp: AskAuthority = async (url, request) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: new Uint8Array(request),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (!answer.ok || !answer.body) return null;
    return await readUpTo(answer.body, MOST_BYTES);
  } catch {
    return null;
  }
};

const MOST_ANSWER_BYTES = 16 * 1024;

/** Shows a head to a witness. What a server says of itself (5xx, too often) is no answer, and is tried again. */
const showByHttp: ShowWitness = async (url, body) => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (answer.status >= 500 || answer.status === 429) return null;
    const bytes = answer.body ? await readUpTo(answer.body, MOST_ANSWER_BYTES) : new Uint8Array();
    return bytes && { status: answer.status, text: new TextDecoder().decode(bytes) };
  } catch {
    return null;
  }
};

const MOST_REVOCATION_BYTES = 1024 * 1024;

/** Gets what an issuer says of its certificates, from the host that the certificate names and no other. */
const fetchByHttp: FetchRevocation = async (url, request) => {
  const { protocol, username } = URL.parse(url) ?? {};
  if ((protocol !== 'http:' && protocol !== 'https:') || username) return null;
  try {
    const answer = await fetch(url, {
      ...(request === null
        ? {}
        : {
            method: 'POST',
            headers: { 'content-type': 'application/ocsp-request' },
            body: new Uint8Array(request),
          }),
      redirect: 'error',
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (!answer.ok || !answer.body) return null;
    return await readUpTo(answer.body, MOST_REVOCATION_BYTES);
  } catch {
    return null;
  }
};

/** The ways to those outside, over the network. */
export const OVER_HTTP: Outside = { ask: askByHttp, show: showByHttp, fetch: fetchByHttp };

async function readUpTo(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of body) {
    sizeBytes += part.length;
    if (sizeBytes > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
