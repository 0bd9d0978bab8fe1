import { queryOptions } from '@tanstack/react-query';
import { reach } from '../api/reach.ts';
import type { Choice, Kind } from '../disclosure/disclosure.queries.ts';
import { getCheckpoint, listExhibitPairs, makeBundle as postBundle } from '../generated/sdk.gen.ts';

/** What belongs together in a bundle: a record and the letter about it. */
export const pairsQuery = (id: string) =>
  queryOptions({
    queryKey: ['exhibit-pairs', id],
    queryFn: ({ signal }) => listExhibitPairs({ path: { id }, signal }),
  });

export type BundleOrder = {
  party: string;
  exhibits: string[] | null;
  withMatters: boolean;
  withFacts?: boolean;
  withRenditions?: boolean;
  zone: string;
  disclosure: { kinds: Partial<Record<Kind, Choice>>; send: string[]; withhold: string[] } | 'careful';
  carries: string | null;
  confirmedNames: string[];
  /** The client's own copy of what is kept about them, with records that may go as they are. */
  forSubject?: boolean;
  letThrough?: string[];
  /** What happens to records that say words which were taken out of others. */
  remaining?: 'refuse' | 'withhold' | 'send';
};
export type MadeBundle = { fileName: string; file: Blob; key: string };

/** Builds a bundle and takes it into memory, so that the browser can save it under its name. */
export async function makeBundle(body: BundleOrder, signal: AbortSignal): Promise<MadeBundle> {
  let fileName = '';
  const file = await postBundle({
    body,
    parseAs: 'blob',
    signal,
    // The answer's name stands in a header, which the generated client does not hand on.
    fetch: async (request: RequestInfo | URL) => {
      const answer = await reach(request);
      fileName = fileNameOf(answer.headers.get('content-disposition'));
      return answer;
    },
  });
  const { vkey } = await getCheckpoint();
  return { fileName, file, key: vkey };
}

/** The name the server gave; the form that carries any letter is preferred to the plain one. */
export function fileNameOf(disposition: string | null): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? 'bundle.zip';
}

export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
