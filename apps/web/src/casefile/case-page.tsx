import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { CaseThreats } from '../counsel/case-threats.tsx';
import { CounselSection } from '../counsel/counsel-section.tsx';
import { dueWords } from '../due/due-words.ts';
import { closeCase, moveCase, reopenCase } from '../generated/sdk.gen.ts';
import type { Case } from '../generated/types.gen.ts';
import { useWho } from '../session/who.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { named, t } from '../words/t.ts';
import { dateOf, momentOf } from '../words/when.ts';
import { Act, DecidersOnly, Why, wordsOf } from './act.tsx';
import { CasePoints } from './case-points.tsx';
import { CaseProcedures } from './case-procedures.tsx';
import { CaseRecords } from './case-records.tsx';
import { caseQuery } from './casefile.queries.ts';
import { ChangeCase } from './change-case.tsx';
import { ComplaintLines } from './complaint-lines.tsx';
import { Holds } from './holds.tsx';
import { NextRoute } from './next-route.tsx';
import { People } from './people.tsx';
import { Steps } from './steps.tsx';
import './casefile.css';
import { nowIso } from '../words/clock.ts';

const route = getRouteApi('/cases/$caseId');
const OPEN_STAGES = ['open', 'negotiating', 'mediator', 'counsel', 'court'] as const;

/** One dispute: where it stands, what it is about, who is in it, what is due, and how it came here. */
export function CasePage() {
  const { caseId } = route.useParams();
  const found = useQuery({ ...caseQuery(caseId), throwOnError: true }).data;
  if (!found) return null;
  return (
    <div className="page">
      <PageTitle says={found.title} />
      <CaseHead found={found} />
      <CasePoints found={found} />
      <CaseThreats found={found} />
      <CaseProcedures found={found} />
      <Dues found={found} />
      <People found={found} />
      <CounselSection caseId={found.id} />
      {found.complaints.length > 0 && (
        <section className="section" aria-labelledby="case-complaints">
          <h2 id="case-complaints">{t('complaint.register')}</h2>
          <ComplaintLines lines={found.complaints} />
        </section>
      )}
      <CaseRecords found={found} />
      <Holds holds={found.holds} over={{ scope: 'case', case: found.id }} />
      <Steps steps={found.steps} />
    </div>
  );
}

function CaseHead({ found }: { found: Case }) {
  const who = useWho();
  return (
    <header className="stack">
      <div className="page-head">
        <h1>{found.title}</h1>
        <Link to="/clients/$partyId" params={{ partyId: found.partyId }}>
          {found.partyName}
        </Link>
      </div>
      <dl className="case-facts small">
        <div>
          <dt>{t('case.stage')}:</dt> <dd>{t(`stage.${found.stage}`)}</dd>
        </div>
        <div>
          <dt>{t('case.opened')}:</dt>{' '}
          <dd>
            {dateOf(found.openedAt)}, {who(found.openedBy)}
          </dd>
        </div>
        <div>
          <dt>{t('case.wanted')}:</dt> <dd>{found.wanted ?? t('case.wantedNone')}</dd>
        </div>
        {found.nextRoute && (
          <div>
            <dt>{t('casefile.nextRoute')}:</dt> <dd>{found.nextRoute}</dd>
          </div>
        )}
      </dl>
      <p className="no-print">
        <Link to="/cases/$caseId/brief" params={{ caseId: found.id }}>
          {t('brief.open')}
        </Link>
      </p>
      <div className="acts">
        {found.stage !== 'closed' && <Move found={found} />}
        <ChangeCase found={found} />
        <DecidersOnly>
          <End found={found} />
        </DecidersOnly>
      </div>
    </header>
  );
}

function Move({ found }: { found: Case }) {
  const stages = OPEN_STAGES.filter((stage) => stage !== found.stage);
  const move = (fields: FormData) =>
    moveCase({
      path: { id: found.id },
      body: { stage: wordsOf(fields, 'stage') as (typeof stages)[number], reason: wordsOf(fields, 'reason') },
    });
  return (
    <Act says={t('case.move')} run={move}>
      <label className="field">
        {t('case.stage')}
        <select name="stage">
          {stages.map((stage) => (
            <option key={stage} value={stage}>
              {t(`stage.${stage}`)}
            </option>
          ))}
        </select>
      </label>
      <Why />
    </Act>
  );
}

function End({ found }: { found: Case }) {
  const path = { id: found.id };
  if (found.stage === 'closed')
    return (
      <Act
        says={t('case.reopen')}
        run={(fields) => reopenCase({ path, body: { reason: wordsOf(fields, 'reason') } })}
      >
        <Why />
      </Act>
    );
  const open = found.points.filter(({ isOpen }) => isOpen).map(({ number }) => `#${number}`);
  const close = (fields: FormData) =>
    closeCase({
      path,
      body: { reason: wordsOf(fields, 'reason'), nextRoute: wordsOf(fields, 'nextRoute') || null },
    });
  return (
    <Act says={t('case.close')} run={close}>
      {open.length > 0 && <p className="notice">{t('case.stillOpen', { numbers: open.join(', ') })}</p>}
      <Why />
      <NextRoute />
    </Act>
  );
}

function Dues({ found }: { found: Case }) {
  const now = nowIso();
  return (
    <section className="section" aria-labelledby="case-dues">
      <h2 id="case-dues">{t('case.dues')}</h2>
      {found.dues.length === 0 && <p className="small quiet">{t('case.noDues')}</p>}
      {found.dues.length > 0 && (
        <ul className="sheet lines">
          {found.dues.map((due) => (
            <li key={`${due.id}-${due.code}`} className="numbered case-due">
              <span className={due.at < now ? 'small number at-risk' : 'small number'}>
                {due.isWholeDay ? dateOf(due.at) : momentOf(due.at)}
              </span>
              <span>{due.says}</span>
              <span className="small quiet">
                {dueWords(due as Parameters<typeof dueWords>[0])} · {named('side', due.side)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
