import {
  DRAFT_KINDS,
  type DraftKind,
  type Finding,
  INQUIRY_KINDS,
  NOTE_KINDS,
  SIGNAL_KINDS,
} from '@evenkeel/language/finding';
import { say, t } from '../words/t.ts';

const AMBIGUOUS = 'ambiguous:';

/** What a kind of finding is called in the reader's language. A word of a draft is softer: it may read so. */
export function kindWords({ kind, level, why }: Pick<Finding, 'kind' | 'level'> & { why?: string }): string {
  const ambiguous = why?.startsWith(AMBIGUOUS) && say(`ambiguous.${why.slice(AMBIGUOUS.length)}`);
  if (ambiguous) return ambiguous;
  if (level && isOneOf(DRAFT_KINDS, kind)) return t(`draft.${kind as DraftKind}`);
  if (isOneOf(SIGNAL_KINDS, kind)) return t(`signal.${kind}`);
  if (isOneOf(INQUIRY_KINDS, kind)) return t(`inquiry.${kind}`);
  if (isOneOf(NOTE_KINDS, kind)) return t(`note.${kind}`);
  if (kind === 'promise') return t('draft.commitment');
  if (kind === 'retold') return t('rules.retold');
  return isOneOf(DRAFT_KINDS, kind) ? t(`draft.${kind}`) : t(`ask.${kind}`);
}

function isOneOf<Kind extends string>(kinds: readonly Kind[], kind: string): kind is Kind {
  return (kinds as readonly string[]).includes(kind);
}
