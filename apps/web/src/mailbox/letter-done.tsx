import { useQuery } from '@tanstack/react-query';
import type { LetterWait } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { sendingsQuery } from './mailbox.queries.ts';

type Of = { procedure: string; letter: string } | { interaction: string };

/** Who approved a letter that has left, looked at it again or hurried it, and why: it stays with the letter. */
export function LetterDone(of: Of) {
  const { data } = useQuery(sendingsQuery('procedure' in of ? { procedure: of.procedure } : of));
  const left = data?.waits.filter(
    (wait) => wait.state === 'left' && (!('letter' in of) || wait.letter === of.letter),
  );
  return left?.map((wait) => <DoneTo key={wait.id} wait={wait} />);
}

/** What persons did to a letter that waits, or waited. */
export function DoneTo({ wait }: { wait: LetterWait }) {
  const { approvedBy, approvedAt, lookedBy, lookedAt, hurriedBy, hurriedAt, hurriedWhy, forSafety } = wait;
  return (
    <>
      {approvedBy && approvedAt && (
        <p className="small">{t('gate.approved', { who: approvedBy, at: momentOf(approvedAt) })}</p>
      )}
      {lookedBy && lookedAt && (
        <p className="small">{t('gate.looked', { who: lookedBy, at: momentOf(lookedAt) })}</p>
      )}
      {hurriedBy && hurriedAt && (
        <p className="small">
          {t('gate.hurried', { who: hurriedBy, at: momentOf(hurriedAt), why: hurriedWhy ?? '' })}{' '}
          {forSafety && t('gate.hurriedSafety')}
        </p>
      )}
    </>
  );
}
