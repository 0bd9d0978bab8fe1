import { queryOptions } from '@tanstack/react-query';
import { listRecordingPlaces, recordByHand } from '../generated/sdk.gen.ts';
import { sendBytes } from '../import/uploads.ts';
import type { ByHandBody } from './draft.ts';

export const placesQuery = queryOptions({
  queryKey: ['recording-places'],
  queryFn: ({ signal }) => listRecordingPlaces({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

export const keepByHand = (body: ByHandBody) => recordByHand({ body });

/** Sends files one after the other. @param onSent share of all bytes, 0…1 */
export async function sendFiles(
  files: readonly File[],
  onSent: (share: number) => void,
): Promise<{ upload: string; name: string }[]> {
  const allBytes = files.reduce((sum, { size }) => sum + size, 0);
  const sent: { upload: string; name: string }[] = [];
  let before = 0;
  for (const file of files) {
    const { id } = await sendBytes({ file, folder: '' }, (bytes) => onSent((before + bytes) / allBytes));
    before += file.size;
    sent.push({ upload: id, name: file.name });
  }
  return sent;
}
