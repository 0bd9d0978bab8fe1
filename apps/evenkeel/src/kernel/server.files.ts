import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sha256 } from './sha256.ts';

/** Answers from the files of the web page; null when the request asks for none of them. */
export type Files = (request: Request) => Promise<Response> | null;

type File = {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  readonly caching: string;
  zipped: Promise<Uint8Array<ArrayBuffer>> | null;
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
};
const PACKED_ALREADY = /^(font|image\/(?!svg))/;
const MIN_ZIP_BYTES = 1024;

/**
 * Reads the built web page into memory.
 *
 * Only what is found in the folder now can be asked for, links not followed, so no path leads out of it; and a page
 * that was opened keeps finding its parts when a newer version is put in the folder.
 *
 * @param dir folder with `index.html`, which answers for every path that is not a file's; its `assets` have their
 *   content's hash in their names
 */
export async function readFiles(dir: string): Promise<Files> {
  const files = new Map<string, File>();
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  for (const entry of found.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(dir, path).split(sep).join('/')}`, fileOf(path, await readFile(path), dir));
  }
  return (request) => {
    const file = isReading(request) ? fileFor(files, new URL(request.url).pathname) : undefined;
    return file ? answerWith(file, request) : null;
  };
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

function fileFor(files: ReadonlyMap<string, File>, pathname: string): File | undefined {
  const path = decoded(pathname);
  if (path === null) return undefined;
  // A missing part of the page is missing; any other path is a place in the page, which finds its own way.
  const isPart = extname(path) !== '' || path.startsWith('/assets/');
  // A page of its own, `/live`, lies beside the first one.
  return files.get(path) ?? (isPart ? undefined : (files.get(`${path}.html`) ?? files.get('/index.html')));
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

function fileOf(path: string, bytes: Buffer<ArrayBuffer>, dir: string): File {
  const isHashed = path.startsWith(join(dir, 'assets', sep));
  return {
    bytes,
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `W/"${Buffer.from(sha256(bytes)).toString('base64url', 0, 12)}"`,
    caching: isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    zipped: null,
  };
}

async function answerWith(file: File, request: Request): Promise<Response> {
  const headers = new Headers({ etag: file.etag, 'cache-control': file.caching, vary: 'accept-encoding' });
  if (request.headers.get('if-none-match')?.includes(file.etag))
    return new Response(null, { status: 304, headers });
  headers.set('content-type', file.type);
  const isZipped = mayZip(file, request);
  if (isZipped) headers.set('content-encoding', 'gzip');
  const bytes = isZipped ? await zipped(file) : file.bytes;
  headers.set('content-length', String(bytes.length));
  return new Response(request.method === 'HEAD' ? null : bytes, { headers });
}

function mayZip(file: File, request: Request): boolean {
  const accepts = /\bgzip\b(?!\s*;\s*q=0(\D|$))/.test(request.headers.get('accept-encoding') ?? '');
  return accepts && file.bytes.length >= MIN_ZIP_BYTES && !PACKED_ALREADY.test(file.type);
}

function zipped(file: File): Promise<Uint8Array<ArrayBuffer>> {
  file.zipped ??= promisify(gzip)(file.bytes) as Promise<Uint8Array<ArrayBuffer>>;
  return file.zipped;
}
