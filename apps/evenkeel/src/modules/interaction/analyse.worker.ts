import { lexemesOf } from '@evenkeel/language/analyse';
import { answer, takeOnlyWhatIsLeft } from '../../kernel/thread.ts';
import { vectorOf } from './search.ts';

// The index lies behind the rows, so this thread lies behind those that make them.
takeOnlyWhatIsLeft();

/** Texts in, vectors for the search index out. */
answer<readonly string[], readonly Uint8Array[]>(async (texts) => {
  const made = texts.map((text) => vectorOf(lexemesOf(text)));
  // One piece of memory travels, not a thousand small ones.
  const joined = Buffer.allocUnsafeSlow(made.reduce((sum, vector) => sum + vector.length, 0));
  let end = 0;
  const value = made.map((vector) => {
    joined.set(vector, end);
    end += vector.length;
    return joined.subarray(end - vector.length, end);
  });
  return { value, transfer: [joined.buffer] };
});
