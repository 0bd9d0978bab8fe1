import { Readable } from 'node:stream';
import { createGunzip, createInflateRaw } from 'node:zlib';
import type { ContainerLimits } from './event.ts';
import type { Issue } from './issue.ts';
import type { ByteSource } from './source.ts';

const READ_BYTES = 256 * 1024;

/** Packed bytes inside another source. `sizeBytes` is unpacked, as stated, or null where nothing is. */
export type Packed = {
  readonly name: string;
  readonly source: ByteSource;
  readonly start: number;
  readonly end: number;
  readonly by: 'deflate' | 'gzip';
  readonly sizeBytes: number | null;
};

/** What a whole run may still unpack. */
export type Budget = { unpackedBytes: number };

/** A source over packed bytes. It can be read forward only, from the last released offset on. */
export type InflatedSource = ByteSource & {
  /** Why the end came early, or null. Only meaningful after the end was read. */
  readonly fault: () => Issue | null;
  /** Unpacked bytes so far. */
  readonly produced: () => number;
  readonly close: () => void;
};

/** Unpacks a stream as far as it is read, within limits, holding what was not released. */
export function inflated(packed: Packed, limits: ContainerLimits, budget: Budget): InflatedSource {
  const unpack = packed.by === 'gzip' ? createGunzip() : createInflateRaw();
  const input = Readable.from(pieces(packed));
  input.on('error', (error) => unpack.destroy(error));
  input.pipe(unpack);
  const output = unpack[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const held: Buffer[] = [];
  let floor = 0;
  let produced = 0;
  let isEnded = false;
  let fault: Issue | null = null;

  const pull = async (): Promise<void> => {
    try {
      const next = await output.next();
      if (next.done) {
        isEnded = true;
        return;
      }
      held.push(next.value);
      produced += next.value.length;
      budget.unpackedBytes -= next.value.length;
      fault = overLimit(produced, packed.end - packed.start, limits, budget);
    } catch (error) {
      fault = damage(error);
    }
    if (fault) {
      isEnded = true;
      unpack.destroy();
    }
  };

  return {
    name: packed.name,
    get sizeBytes() {
      return isEnded ? produced : Number.POSITIVE_INFINITY;
    },
    async read(start, end) {
      while (produced < end && !isEnded) await pull();
      return cut(held, floor, start, Math.min(end, produced));
    },
    release(before) {
      while (held.length > 0 && floor + held[0]!.length <= before) floor += held.shift()!.length;
    },
    fault: () => fault,
    produced: () => produced,
    close: () => unpack.destroy(),
  };
}

async function* pieces(packed: Packed): AsyncGenerator<Uint8Array> {
  for (let at = packed.start; at < packed.end; at += READ_BYTES) {
    yield await packed.source.read(at, Math.min(packed.end, at + READ_BYTES));
  }
}

function cut(held: readonly Buffer[], floor: number, start: number, end: number): Buffer {
  const out = Buffer.allocUnsafe(Math.max(0, end - start));
  let at = floor;
  for (const piece of held) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + piece.length);
    if (to > from) piece.copy(out, from - start, from - at, to - at);
    at += piece.length;
    if (at >= end) break;
  }
  return out;
}

function overLimit(
  produced: number,
  packedBytes: number,
  limits: ContainerLimits,
  budget: Budget,
): Issue | null {
  const isTooDense = produced > limits.ratioFromBytes && produced > packedBytes * limits.ratio;
  if (!isTooDense && budget.unpackedBytes >= 0) return null;
  const what = isTooDense ? 'unpacks to far more than mail does' : 'unpacks to more than this run allows';
  return { code: 'archive-limit', message: `The archive ${what}; the rest was not read.` };
}

function damage(error: unknown): Issue {
  const reason = error instanceof Error ? error.message : '';
  return /unexpected end/i.test(reason)
    ? { code: 'archive-truncated', message: 'The packed data end too early; what was there before was kept.' }
    : { code: 'archive-damaged', message: 'The packed data are damaged; what was there before was kept.' };
}
