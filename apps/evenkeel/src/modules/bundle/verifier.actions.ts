import { readFile } from 'node:fs/promises';

/** Beside the program, in the checkout and in the packed form alike. */
const PAGE = new URL('../../../../../packages/proof/verify.html', import.meta.url);

let page: Promise<Uint8Array> | null = null;

/** The page that checks a bundle, as it came with this version. */
export function verifierPage(): Promise<Uint8Array> {
  page ??= readFile(PAGE);
  return page;
}
