import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { Complaint } from '../generated/types.gen.ts';
import { StartProcedure } from '../procedure/start-procedure.tsx';
import { useWho } from '../session/who.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { complaintQuery, holdsQuery } from './casefile.queries.ts';
import { ComplaintActs } from './complaint-acts.tsx';
import { ComplaintPoints } from './complaint-points.tsx';
import { Decisions } from './decisions.tsx';
import { Holds } from './holds.tsx';
import { Steps } from './steps.tsx';
import './casefile.css';
import { nowIso } from '../words/clock.ts';

const route = getRouteApi('/complaints/$complaintId');

/** One registered complaint: what they want, its numbered points, what a decision still lacks, and its stages. */
export function ComplaintPage() {
  const { complaintId } = route.useParams();
  const found = useQuery({ ...complaintQuery(complaintId), throwOnError: true }).data;
  const holds = useQuery({ ...holdsQuery(found?.partyId ?? ''), enabled: found !== undefined }).data;
  if (!found) return null;
  return (
    <div className="page">
      <PageTitle says={t('complaint.titled', { number: found.number })} />
      <ComplaintHead found={found} />
      <StartProcedure
        subject="complaint"
        partyId={found.partyId}
        subjectId={found.id}
        isClosed={found.state === 'closed'}
      />
      <ComplaintPoints found={found} />
      <Decisions found={found} />
      <Holds holds={holds?.items ?? []} over={{ scope: 'party', party: found.partyId }} />
      <Steps steps={found.steps} />
    </div>
  );
}

function ComplaintHead({ found }: { found: Complaint }) {
  const { partyId } = found;
  return (
    <header className="stack">
      <div className="page-head">
        <h1>{t('complaint.titled', { number: found.number })}</h1>
        <Link to="/clients/$partyId" params={{ partyId }}>
          {found.partyName}
        </Link>
        {found.caseId && (
          <Link to="/cases/$caseId" params={{ caseId: found.caseId }}>
            {found.caseTitle}
          </Link>
        )}
      </div>
      <p>
        {t('complaint.wants')} <q>{found.remedy}</q>
      </p>
      <p>
        {t('complaint.cameWith')}{' '}
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId, interactionId: found.cite.interactionId }}
        >
          <q>{found.cite.quote}</q>
        </Link>
      </p>
      <Facts found={found} />
      {found.isSafety && <p className="danger">{t('complaint.safetyNow')}</p>}
      {found.isUrgent && <p className="notice">{t('complaint.urgentNow')}</p>}
      <ComplaintActs found={found} />
    </header>
  );
}

function Facts({ found }: { found: Complaint }) {
  const who = useWho();
  const now = nowIso();
  const isLate = found.state === 'open' && found.dueAt !== null && found.dueAt < now;
  const facts = [
    [t('complaint.received'), `${momentOf(found.receivedAt)}, ${t(`complaintway.${found.way}`)}`],
    [t('complaint.registered'), `${momentOf(found.registeredAt)}, ${who(found.registeredBy)}`],
    [
      t('complaint.stands'),
      `${t(`complaintstate.${found.state}`)} · ${t('complaint.stage', { stage: found.stage })}`,
    ],
    [t('complaint.owner'), who(found.owner)],
    [t('complaint.severity'), found.severity ? t(`severity.${found.severity}`) : t('complaint.notAssessed')],
    ...(found.nextRoute ? [[t('casefile.nextRoute'), found.nextRoute]] : []),
  ];
  return (
    <dl className="case-facts small">
      {facts.map(([term, words]) => (
        <div key={term}>
          <dt>{term}:</dt> <dd>{words}</dd>
        </div>
      ))}
      {(found.answerBy || found.state !== 'closed') && (
        <div className={isLate && found.dueAt === found.answerBy ? 'at-risk' : undefined}>
          <dt>{t('complaint.answerBy')}:</dt>{' '}
          <dd>
            {found.answerBy ? dateOf(found.answerBy) : t('complaint.noDate')}
            {isLate && found.dueAt === found.answerBy && ` · ${t('complaint.overdue')}`}
          </dd>
        </div>
      )}
      {found.dueAt && found.dueAt !== found.answerBy && (
        <div className={isLate ? 'at-risk' : undefined}>
          <dt>{t('complaint.clock')}:</dt>{' '}
          <dd>
            {dateOf(found.dueAt)}
            {isLate && ` · ${t('complaint.overdue')}`}
          </dd>
        </div>
      )}
    </dl>
  );
}
