import { blankItem } from '../blank-item.ts';
import { headText, wholeFile } from './whole.ts';

/** Signatures at the beginning of papers and pictures. @source the formats' own specifications */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/^%PDF-/, 'application/pdf'],
  [/^\x89PNG\r\n\x1a\n/, 'image/png'],
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^GIF8[79]a/, 'image/gif'],
  [/^RIFF[\s\S]{4}WEBP/, 'image/webp'],
  [/^[\s\S]{4}ftyp(?:heic|heix|mif1|avif)/, 'image/heic'],
];

/**
 * A picture or a PDF, such as a screenshot of a review: kept as it is. It says of itself neither whose it is nor when it
 * was made; that is for whoever brings it in.
 */
export const paper = wholeFile({
  format: 'paper',
  recognises: (head) => SIGNS.some(([sign]) => sign.test(headText(head.subarray(0, 32)))),
  readItem: (_bytes, context) => ({
    ...blankItem(context),
    kind: 'document',
    subject: context.conversation.name,
  }),
});
