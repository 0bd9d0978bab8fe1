import { queryOptions } from '@tanstack/react-query';
import type { InteractionInPlace } from '../api/shapes.ts';
import {
  getAttachment,
  getContext,
  getInteraction,
  getInteractionHtml,
  getMailFacts,
  getOriginal,
  getOriginalText,
  getProvenance,
  readAs,
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

/** What a mail says beside its words: signatures, invitations, reports, and in what it was read. */
export const mailFactsQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'mail'],
    queryFn: ({ signal }) => getMailFacts({ path: { id }, signal }),
    staleTime: 60_000,
  });

export const keepCharset = ({ id, charset }: { id: string; charset: string | null }) =>
  readAs({ path: { id }, body: { charset } });

/** Only bytes that are mail hold more than their words. */
export function isMail({ originals }: Pick<InteractionInPlace, 'originals'>): boolean {
  const type = originals[0]?.mediaType ?? '';
  return type.startsWith('message/rfc822') || type === 'application/vnd.ms-outlook';
}

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
export const signedUrl = (id: string, place: number) => `${at(id)}/signed/${place}`;
