/** Copies bytes to where they stay. */
export type Keep = (bytes: Uint8Array) => Uint8Array;

const KEPT_TOGETHER_BYTES = 1 << 22;

/** Copies bytes to where they stay; small ones side by side, for an array of its own costs more than they do. */
export function keeper(): Keep {
  let place = new Uint8Array(0);
  let used = 0;
  return (bytes) => {
    if (bytes.length > KEPT_TOGETHER_BYTES / 4) return bytes.slice();
    if (used + bytes.length > place.length) {
      place = new Uint8Array(KEPT_TOGETHER_BYTES);
      used = 0;
    }
    place.set(bytes, used);
    used += bytes.length;
    return place.subarray(used - bytes.length, used);
  };
}
