/** Repeatable chance: the same seed draws the same corpus everywhere. */
export type Draw = {
  /** A number in [0, 1). */
  readonly unit: () => number;
  /** A whole number in [0, below). */
  readonly below: (below: number) => number;
  /** Normally distributed, mean 0, deviation 1. */
  readonly normal: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
};

/** @source mulberry32 (Tommy Ettinger, public domain) */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function drawFrom(seed: number): Draw {
  const next = mulberry32(seed);
  const unit = () => next() / 2 ** 32;
  const below = (limit: number) => Math.floor(unit() * limit);
  return {
    unit,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    pick: (list) => list[below(list.length)]!,
  };
}
