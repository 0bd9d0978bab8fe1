import { asBuffer, type ByteSource } from './source.ts';

const WINDOW_BYTES = 4 * 1024 * 1024;

/** A window of a few megabytes that moves over a source. */
export type Window = {
  /** Offset in the source of `bytes[0]`. */
  base: number;
  bytes: Buffer;
  /** True when the window reaches the end of the source. */
  isLast: boolean;
};

/** A reader of one source through one window. */
export type WindowReader = {
  readonly window: Window;
  /** Makes the window hold `start` and `ahead` bytes after it, unless the source ends before. */
  ensure(start: number, ahead: number): Promise<Window>;
  /** The bytes from `start` to `end`: a view if the window holds them, else one read. */
  slice(start: number, end: number): Promise<Uint8Array>;
};

export function openWindow(source: ByteSource): WindowReader {
  const window: Window = { base: 0, bytes: Buffer.alloc(0), isLast: source.sizeBytes === 0 };
  return {
    window,
    async ensure(start, ahead) {
      const stop = window.base + window.bytes.length;
      if (start >= window.base && (window.isLast || start + ahead <= stop)) return window;
      const wanted = Math.max(WINDOW_BYTES, ahead);
      window.bytes = asBuffer(await source.read(start, start + wanted));
      window.base = start;
      window.isLast = window.bytes.length < wanted || start + window.bytes.length >= source.sizeBytes;
      return window;
    },
    async slice(start, end) {
      const isInside = start >= window.base && end <= window.base + window.bytes.length;
      return isInside
        ? window.bytes.subarray(start - window.base, end - window.base)
        : source.read(start, end);
    },
  };
}
