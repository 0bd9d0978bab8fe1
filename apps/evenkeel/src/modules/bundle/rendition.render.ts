import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { loadFonts } from './chronology.fonts.ts';
import type { Coverage } from './chronology.text.ts';
import { type Rendition, renditionData } from './rendition.ts';
import type { RenditionJob, RenditionResult } from './rendition.worker.ts';

/**
 * Sets readable copies as PDF/A-2u, one after the other, each in a process of its own kind that ends with the last. What
 * is not asked for yet is not made: so many at once as there are processes, and no more in memory.
 *
 * No text and no picture makes it fail: pictures that cannot be drawn are left out, and that is said in the copy.
 */
export async function* renderRenditions(
  renditions: AsyncIterable<Rendition>,
): AsyncGenerator<{ readonly bates: string; readonly pdf: Uint8Array }> {
  const { blobs, coverage } = loadFonts();
  const presses = Array.from({ length: Math.min(4, availableParallelism()) }, () => openPress(blobs));
  const coming: { readonly bates: string; readonly pdf: Promise<Uint8Array> }[] = [];
  let next = 0;
  try {
    for await (const rendition of renditions) {
      const pdf = set(presses[next++ % presses.length]!, rendition, coverage);
      // Whoever waits for it hears of a fault; until then nobody does.
      pdf.catch(() => {});
      coming.push({ bates: rendition.entry.bates, pdf });
      if (coming.length === presses.length) yield await settled(coming.shift()!);
    }
    for (const one of coming) yield await settled(one);
  } finally {
    for (const { end } of presses) end();
  }
}

async function settled({ bates, pdf }: { readonly bates: string; readonly pdf: Promise<Uint8Array> }) {
  return { bates, pdf: await pdf };
}

async function set(press: Press, rendition: Rendition, fonts: Coverage): Promise<Uint8Array> {
  const tried = await press.set(jobOf(rendition, fonts, true));
  if ('pdf' in tried) return tried.pdf;
  const plainer = await press.set(jobOf(rendition, SIMPLEST(fonts), false));
  if ('pdf' in plainer) return plainer.pdf;
  throw new Error(
    `The copy of ${rendition.entry.bates} could not be written as PDF/A-2u: ${plainer.refused}`,
  );
}

/** Should a combination of characters be refused after all, only letters that never combine are drawn. */
const SIMPLEST = (fonts: Coverage): Coverage => ({
  has: (code) =>
    fonts.has(code) &&
    ((code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0x17f) || (code >= 0x400 && code <= 0x45f)),
});

function jobOf(rendition: Rendition, fonts: Coverage, withPictures: boolean): RenditionJob {
  return {
    data: JSON.stringify(renditionData(rendition, fonts, withPictures)),
    pictures: withPictures ? rendition.pictures.map(({ format, bytes }) => ({ format, bytes })) : [],
    madeAtSeconds: Math.floor(Date.parse(rendition.createdAt) / 1000),
  };
}

type Press = {
  readonly set: (job: RenditionJob) => Promise<RenditionResult>;
  readonly end: () => void;
};

/** A process that sets one copy at a time, in the order asked. */
function openPress(fonts: readonly Uint8Array[]): Press {
  const file = new URL(`./rendition.worker${extname(import.meta.filename)}`, import.meta.url);
  const press = fork(file, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  press.send({ fonts } satisfies RenditionJob);
  let last: Promise<unknown> = Promise.resolve();
  return {
    set: (job) => {
      const result = last.then(() => ask(press, job));
      last = result.catch(() => {});
      return result;
    },
    end: () => press.kill(),
  };
}

function ask(press: ChildProcess, job: RenditionJob): Promise<RenditionResult> {
  return new Promise((resolve, reject) => {
    const said: Buffer[] = [];
    const hear = (bytes: Buffer) => said.push(bytes);
    const leave = () => {
      press.off('message', done).off('exit', gone).off('error', gone);
      press.stderr?.off('data', hear);
    };
    const done = (result: unknown) => {
      leave();
      resolve(result as RenditionResult);
    };
    const gone = () => {
      leave();
      reject(new Error(`A readable copy could not be set. ${Buffer.concat(said)}`));
    };
    press.stderr?.on('data', hear);
    press.once('message', done).once('exit', gone).once('error', gone);
    if (!press.connected) gone();
    else press.send(job);
  });
}
