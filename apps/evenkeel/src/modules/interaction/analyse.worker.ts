import { lexemesOf } from '@evenkeel/language/analyse';
import { answer } from '../../kernel/thread.ts';
import { vectorOf } from './search.ts';

/** Texts in, vectors for the search index out. */
answer<readonly string[], readonly string[]>(async (texts) => ({
  value: texts.map((text) => vectorOf(lexemesOf(text))),
}));
