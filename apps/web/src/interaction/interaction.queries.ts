import { queryOptions } from '@tanstack/react-query';
import { call, getJson } from '../api/http.ts';
import type { Interaction, Provenance } from '../api/shapes.ts';

const at = (id: string) => `/interactions/${encodeURIComponent(id)}`;

export const interactionQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id],
    queryFn: ({ signal }) => getJson<Interaction>(at(id), { signal }),
    staleTime: 60_000,
  });

export const htmlQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'html'],
    queryFn: ({ signal }) =>
      getJson<{ html: string; inline: Record<string, string> }>(`${at(id)}/html`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const originalTextQuery = (id: string, form: number) =>
  queryOptions({
    queryKey: ['interaction', id, 'original', form],
    queryFn: ({ signal }) =>
      getJson<{ text: string; encoding: string; truncated: boolean }>(`${at(id)}/original`, {
        query: { as: 'text', form },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const provenanceQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'provenance'],
    queryFn: ({ signal }) => getJson<Provenance>(`${at(id)}/provenance`, { signal }),
  });

/** The exact bytes, for the page's own hashing. */
export async function originalBytes(id: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await call('GET', `${at(id)}/original`, undefined, { signal });
  return new Uint8Array(await answer.arrayBuffer());
}

export const originalUrl = (id: string, form: number) => `/api${at(id)}/original?form=${form}`;
export const attachmentUrl = (id: string, sha256: string) => `/api${at(id)}/attachments/${sha256}`;
