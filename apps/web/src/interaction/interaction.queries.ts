import { queryOptions } from '@tanstack/react-query';
import type { InteractionInPlace } from '../api/shapes.ts';
import {
  getAttachment,
  getContext,
  getInteraction,
  getInteractionHtml,
  getOriginal,
  getOriginalText,
  getProvenance,
} from '../generated/sdk.gen.ts';

export const interactionQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id],
    queryFn: async ({ signal }): Promise<InteractionInPlace> => {
      const [interaction, context] = await Promise.all([
        getInteraction({ path: { id }, signal }),
        getContext({ path: { id }, signal }),
      ]);
      return { ...interaction, ...context };
    },
    staleTime: 60_000,
  });

export const htmlQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'html'],
    queryFn: ({ signal }) => getInteractionHtml({ path: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const originalTextQuery = (id: string, form: number) =>
  queryOptions({
    queryKey: ['interaction', id, 'original', form],
    queryFn: ({ signal }) => getOriginalText({ path: { id }, query: { form }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const provenanceQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'provenance'],
    queryFn: ({ signal }) => getProvenance({ path: { id }, signal }),
  });

/** The exact bytes, for the page's own hashing. */
export async function originalBytes(id: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const file = await getOriginal({ path: { id }, parseAs: 'blob', signal });
  return new Uint8Array(await file.arrayBuffer());
}

export const pictureQuery = (id: string, sha256: string) =>
  queryOptions({
    queryKey: ['picture', id, sha256],
    queryFn: ({ signal }) => getAttachment({ path: { id, sha256 }, parseAs: 'blob', signal }),
    gcTime: 0,
  });

const at = (id: string) => `/api/interactions/${encodeURIComponent(id)}`;
export const originalUrl = (id: string, form: number) => `${at(id)}/original?form=${form}`;
export const attachmentUrl = (id: string, sha256: string) => `${at(id)}/attachments/${sha256}`;
