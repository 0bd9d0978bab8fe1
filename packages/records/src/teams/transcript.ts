import { blankItem } from '../blank-item.ts';
import { headText, wholeFile } from '../document/whole.ts';
import type { ExportReader } from '../exported.ts';
import { htmlToText } from '../html-text.ts';
import type { Issue } from '../issue.ts';
import { asBuffer } from '../source.ts';

/** How Teams numbers a chat or a channel; no other page holds such a number. */
const TALK = /\b19:[\w-]{8,150}@(?:thread\.(?:v2|tacv2|skype)|unq\.gbl\.spaces)\b/;
/** Where an administrator's export keeps what was found. */
const FOLDER = /(?:^|[\\/])NativeFiles[\\/].*\.html?$/i;

/**
 * A conversation as a page, as an administrator's search in Microsoft Purview (eDiscovery) exports it. Its layout is nowhere
 * described, so whose words are whose is not guessed: the page is kept whole, and its words are found.
 */
export const teamsTranscript: ExportReader = {
  ...wholeFile({
    format: 'teams-transcript',
    recognises: (head, name) => {
      const text = headText(head);
      return (
        /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)\b/i.test(text) && (TALK.test(text) || FOLDER.test(name))
      );
    },
    readItem: (bytes, context) => {
      const text = htmlToText(asBuffer(bytes).toString('utf8')).trim();
      return {
        ...blankItem(context),
        kind: 'document',
        subject: context.conversation.name,
        text: text || null,
        issues: [NOT_APART],
      };
    },
  }),
  platform: 'teams',
};

const NOT_APART: Issue = {
  code: 'export-incomplete',
  message:
    'This looks like a conversation of Microsoft Teams out of Purview (eDiscovery). It is kept as one paper: its messages are not told apart. Exported as single messages (.msg) or as a PST they are.',
};
