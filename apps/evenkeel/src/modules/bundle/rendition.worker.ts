import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { pictureFile } from './rendition.ts';

/** What a process is given: first the fonts, then one copy after the other. */
export type RenditionJob =
  | { readonly fonts: readonly Uint8Array[] }
  | {
      readonly data: string;
      readonly pictures: readonly { readonly format: string; readonly bytes: Uint8Array }[];
      readonly madeAtSeconds: number;
    };
export type RenditionResult = { readonly pdf: Uint8Array } | { readonly refused: string };

const WORKSPACE = import.meta.dirname;
const TEMPLATE = readFileSync(join(WORKSPACE, 'rendition.typ'), 'utf8');
/** Results of the layout that nobody asked for again in so many copies are forgotten. */
const KEPT_COPIES = 4;
let compiler: NodeCompiler | null = null;

function open(fonts: readonly Uint8Array[]): NodeCompiler {
  const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler');
  return NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }],
  });
}

function set(
  press: NodeCompiler,
  { data, pictures, madeAtSeconds }: Extract<RenditionJob, { data: string }>,
): RenditionResult {
  const files = pictures.map(({ format }, n) => join(WORKSPACE, pictureFile(n, format)));
  press.mapShadow(join(WORKSPACE, 'rendition.json'), Buffer.from(data));
  for (const [n, path] of files.entries()) press.mapShadow(path, Buffer.from(pictures[n]!.bytes));
  try {
    const compiled = press.compile({ mainFileContent: TEMPLATE });
    if (!compiled.result)
      return { refused: JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? null) };
    const pdf = press.pdf(compiled.result, {
      pdfStandard: 'a-2u' as never,
      creationTimestamp: madeAtSeconds,
      pdfTags: true,
    });
    return { pdf };
  } catch (problem) {
    return { refused: String((problem as Error).message) };
  } finally {
    for (const path of files) press.unmapShadow(path);
    press.evictCache(KEPT_COPIES);
  }
}

process.on('message', (job: RenditionJob) => {
  if ('fonts' in job) compiler = open(job.fonts);
  else process.send?.(set(compiler!, job));
});
