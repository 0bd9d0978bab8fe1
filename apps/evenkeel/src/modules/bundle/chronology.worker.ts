import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { type Place, templateData, type VolumePlan } from './chronology.model.ts';
import type { VolumeJob, VolumeResult } from './chronology.render.ts';

/** Sets one volume, in a process of its own: the compiler works synchronously and keeps what it allocated to the end. */
function setVolume({ plan, fonts, madeAtSeconds, hasTags, mostPages }: VolumeJob): VolumeResult {
  const press = openPress(fonts);
  const first = compile(press, plan, []);
  if (first.numOfPages > mostPages && plan.placed.length > 1)
    return { kind: 'too-long', pages: first.numOfPages };
  const second = compile(press, plan, placesIn(press, first));
  try {
    const pdf = press.compiler.pdf(second, {
      pdfStandard: 'a-2u',
      creationTimestamp: madeAtSeconds,
      pdfTags: hasTags,
    });
    return { kind: 'set', pdf };
  } catch (problem) {
    return { kind: 'refused', because: String((problem as Error).message) };
  }
}

type Press = { readonly compiler: NodeCompiler; readonly template: string; readonly dataPath: string };
type Sheets = NonNullable<ReturnType<NodeCompiler['compile']>['result']>;

function openPress(fonts: readonly Uint8Array[]): Press {
  const { NodeCompiler } = createRequire(import.meta.url)('@myriaddreamin/typst-ts-node-compiler');
  const workspace = import.meta.dirname;
  return {
    compiler: NodeCompiler.create({
      workspace,
      fontArgs: [{ fontBlobs: fonts.map((font) => Buffer.from(font)) }],
    }),
    template: readFileSync(join(workspace, 'chronology.typ'), 'utf8'),
    dataPath: join(workspace, 'volume.json'),
  };
}

/** Twice per volume: the first pass finds the pages, the second prints them in index, contents and bookmarks. */
function compile(
  { compiler, template, dataPath }: Press,
  plan: VolumePlan,
  places: readonly Place[],
): Sheets {
  compiler.mapShadow(dataPath, Buffer.from(JSON.stringify(templateData(plan, places))));
  const compiled = compiler.compile({ mainFileContent: template });
  if (compiled.result) return compiled.result;
  throw new Error(
    `The chronology could not be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`,
  );
}

function placesIn({ compiler }: Press, sheets: Sheets): Place[] {
  const [found] = compiler.query(sheets, { selector: '<places>', field: 'value' }) as [[number, number][]];
  return found.map(([page, y]) => ({ page, y }));
}

process.once('message', (job: VolumeJob) => {
  process.send?.(setVolume(job), () => process.disconnect());
});
