import { call, getJson } from '../api/http.ts';
import type { LogHead } from '../api/shapes.ts';

export type BundleOrder = { party: string; exhibits: string[] | null; zone: string };
export type MadeBundle = { id: string; fileName: string; file: Blob; key: string };

/** Builds a bundle and takes it into memory, so that the browser can save it under its name. */
export async function makeBundle(order: BundleOrder, signal: AbortSignal): Promise<MadeBundle> {
  const answer = await call('POST', '/bundles', JSON.stringify(order), {
    signal,
    headers: { 'content-type': 'application/json' },
  });
  const [file, head] = await Promise.all([answer.blob(), getJson<LogHead>('/log/checkpoint')]);
  return {
    id: answer.headers.get('x-bundle-id') ?? '',
    fileName: fileNameOf(answer.headers.get('content-disposition')),
    file,
    key: head.vkey,
  };
}

/** The name the server gave; the plain form comes second to the one that carries any letter. */
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
