import type { Pasted } from './interaction.ts';
import { readStated } from './noted.ts';
import { quotedFrom } from './quoted.ts';
import type { Reading } from './reading.ts';
import { storable } from './storable.ts';

/** Reads pasted words: UTF-8 text, and what the person who pasted them stated. */
export function readPasted(bytes: Uint8Array, pasted: Pasted): Reading {
  const text = storable(Buffer.from(bytes).toString('utf8'));
  const from = pasted.from === null ? [] : [{ name: pasted.from, address: null }];
  const stated = readStated(bytes, text, {
    subject: null,
    at: pasted.at,
    from,
    to: [],
    likeness: [pasted.at.at, pasted.from ?? ''],
  });
  return {
    ...stated,
    quotedFrom: quotedFrom(text),
    issues: [
      {
        code: 'pasted',
        message:
          'Pasted, not an original: who, when and by what way were stated by the person who pasted it.',
      },
    ],
  };
}
