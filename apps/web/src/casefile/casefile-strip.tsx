import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { t } from '../words/t.ts';
import { casesQuery, holdsQuery, registerQuery } from './casefile.queries.ts';
import './casefile.css';

const SHOWN = 3;

/** A client's open cases, open complaints and holds, in one line, with what can be begun. */
export function CasefileStrip({ partyId }: { partyId: string }) {
  const cases = useInfiniteQuery(casesQuery({ party: partyId })).data?.pages[0]?.items ?? [];
  const complaints =
    useInfiniteQuery(registerQuery({ party: partyId, state: 'open' })).data?.pages[0]?.items ?? [];
  const holds = useQuery(holdsQuery(partyId)).data?.items ?? [];
  return (
    <p className="casefile-strip small">
      {cases.slice(0, SHOWN).map(({ id, title, stage }) => (
        <Link key={id} to="/cases/$caseId" params={{ caseId: id }}>
          {t('case.named', { title, stage: t(`stage.${stage}`) })}
        </Link>
      ))}
      {complaints.slice(0, SHOWN).map(({ id, number }) => (
        <Link key={id} to="/complaints/$complaintId" params={{ complaintId: id }}>
          {t('complaint.titled', { number })}
        </Link>
      ))}
      <Link to="/clients/$partyId/open-case" params={{ partyId }} className="quiet">
        {t('case.openNew')}
      </Link>
      <Link to="/clients/$partyId/register-complaint" params={{ partyId }} className="quiet">
        {t('complaint.registerNew')}
      </Link>
      <Link to="/clients/$partyId/holds" params={{ partyId }} className={holds.length > 0 ? 'held' : 'quiet'}>
        {holds.length > 0 ? t('hold.held') : t('hold.title')}
      </Link>
    </p>
  );
}
