import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));

export function hasCorpora(): boolean {
  return existsSync(CORPORA);
}

/** Every file below a folder of the corpora, as a path relative to all of them, in a fixed order. */
export function corpusFiles(folder: string): readonly string[] {
  const root = join(CORPORA, folder);
  if (!existsSync(root)) return [];
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => statSync(join(root, name)).isFile()).map((name) => join(folder, name));
}

export function corpusBytes(path: string): Buffer {
  return readFileSync(join(CORPORA, path));
}

export function corpusJson<T>(path: string): T {
  return JSON.parse(
    corpusBytes(path)
      .toString('utf8')
      .replace(/^\ufeff/, ''),
  ) as T;
}

export function inCorpora(path: string): boolean {
  return existsSync(join(CORPORA, path));
}
