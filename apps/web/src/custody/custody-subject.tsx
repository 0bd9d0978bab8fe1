import { Link } from '@tanstack/react-router';
import type { CustodyLine } from '../generated/types.gen.ts';
import { t } from '../words/t.ts';

/** What a line is about, as it is called now; the line itself holds only its id. */
export function CustodySubject({ line: { subject, party, record } }: { line: CustodyLine }) {
  if (subject === null) return <span className="quiet">{t('custody.everything')}</span>;
  if (party !== null)
    return (
      <Link to="/clients/$partyId" params={{ partyId: subject }}>
        {party}
      </Link>
    );
  if (record !== null)
    return (
      <Link to="/interactions/$interactionId" params={{ interactionId: subject }}>
        {record || t('kind.message')}
      </Link>
    );
  return <code className="custody-call">{subject.slice(0, 13)}…</code>;
}
