import { detectLanguage } from '@evenkeel/language/analyse';
import { sha256 } from '../../kernel/sha256.ts';
import type { Pasted } from './interaction.ts';
import { leadOf, quotedFrom } from './quoted.ts';
import { lineDigestOf, type Reading, storable } from './reading.ts';

/** Reads pasted words: UTF-8 text, and what the person who pasted them stated. */
export function readPasted(bytes: Uint8Array, pasted: Pasted): Reading {
  const text = storable(Buffer.from(bytes).toString('utf8'));
  const digest = Buffer.from(sha256(bytes)).toString('hex');
  const from = pasted.from === null ? null : { name: pasted.from, address: null };
  return {
    subject: null,
    from,
    participants: { from: from ? [from] : [], to: [], cc: [], bcc: [], replyTo: [] },
    sent: pasted.at,
    received: null,
    text,
    lead: leadOf(text),
    quotedFrom: quotedFrom(text),
    hasHtml: false,
    lang: detectLanguage(text),
    messageId: null,
    replyIds: [],
    attachments: [],
    issues: [
      {
        code: 'pasted',
        message:
          'Pasted, not an original: who, when and by what way were stated by the person who pasted it.',
      },
    ],
    sha256: digest,
    lineDigest: lineDigestOf(bytes, digest),
    contentDigest: digest,
  };
}
