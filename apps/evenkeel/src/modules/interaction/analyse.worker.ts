import { lexemesOf } from '@evenkeel/language/analyse';
import { answer, inOneBuffer, takeOnlyWhatIsLeft } from '../../kernel/thread.ts';
import { vectorOf } from './search.ts';

// The index lies behind the rows, so this thread lies behind those that make them.
takeOnlyWhatIsLeft();

/** Texts in, vectors for the search index out. */
answer<readonly string[], readonly Uint8Array[]>(async (texts) => {
  const { pieces, buffer } = inOneBuffer(texts.map((text) => vectorOf(lexemesOf(text))));
  return { value: pieces, transfer: [buffer] };
});
