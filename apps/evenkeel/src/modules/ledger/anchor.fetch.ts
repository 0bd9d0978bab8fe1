import type { AskAuthority } from './anchor.actions.ts';

const LONGEST_MS = 15_000;
const MOST_BYTES = 64 * 1024;

/**
 * Posts a request to a time-stamp authority. Many speak plain HTTP: what they answer is signed, and what is sent is a
 * hash.
 *
 * @returns null when nobody answers in time, or with something else than an answer of a plausible size
 * @source RFC 3161 §3.4
 */
export const askByHttp: AskAuthority = async (url, request) => {
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
