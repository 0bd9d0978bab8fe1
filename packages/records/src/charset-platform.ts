type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder>();
const strictDecoders = new Map<string, Decoder>();

/** Decodes with a cached platform decoder; undecodable bytes become U+FFFD. */
export function platformDecode(bytes: Uint8Array, label: string): string {
  return cached(decoders, label, false).decode(bytes);
}

/** The text, or null if any byte does not fit the charset. */
export function platformDecodeStrictly(bytes: Uint8Array, label: string): string | null {
  try {
    return cached(strictDecoders, label, true).decode(bytes);
  } catch {
    return null;
  }
}

function cached(known: Map<string, Decoder>, label: string, fatal: boolean): Decoder {
  const decoder = known.get(label) ?? new TextDecoder(label, { fatal });
  known.set(label, decoder);
  return decoder;
}
