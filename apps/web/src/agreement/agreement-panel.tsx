import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PaneTitle } from '../client/pane-title.tsx';
import { endAgreement } from '../generated/sdk.gen.ts';
import { KeyCap } from '../shell/key-cap.tsx';
import { useKeys } from '../shell/keys.ts';
import { t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { AcceptForm } from './accept-form.tsx';
import { termsQuery } from './agreement.queries.ts';
import { ClauseLine } from './clause-line.tsx';
import { ReasonForm } from './do-form.tsx';
import { EscalationSection } from './escalation-section.tsx';
import { AddClause, OpenForm } from './open-form.tsx';
import { PeopleSection } from './people-section.tsx';
import { ScopeSection } from './scope-section.tsx';
import type { Agreement, Terms } from './shapes.ts';
import { StepsSection } from './steps-section.tsx';
import { SumsSection } from './sums-section.tsx';
import { UnderstandingsSection } from './understandings-section.tsx';
import '../course/course.css';
import '../language/language.css';
import './agreement.css';

const route = getRouteApi('/clients/$partyId/agreement');

/** What is agreed with a client, clause by clause with its proof, and what stands beside it. */
export function AgreementPanel() {
  const { partyId } = route.useParams();
  const navigate = route.useNavigate();
  const [isOpening, setOpening] = useState(false);
  const terms = useQuery({ ...termsQuery(partyId), throwOnError: true }).data;
  useKeys([{ keys: '+', says: 'agreement.open', run: () => setOpening(true) }]);
  const leave = () => navigate({ to: '/clients/$partyId', params: { partyId }, search: (now) => now });
  return (
    <section className="course stack" aria-labelledby="agreement-title">
      <PaneTitle
        id="agreement-title"
        says={t('agreement.title')}
        closeSays={t('agreement.close')}
        onClose={leave}
      />
      {!terms && <p className="quiet">{t('list.loading')}</p>}
      {terms?.agreements.length === 0 && !isOpening && <p className="quiet">{t('agreement.none')}</p>}
      {terms?.agreements.map((agreement) => (
        <AgreementSheet key={agreement.id} agreement={agreement} terms={terms} />
      ))}
      {isOpening ? (
        <OpenForm partyId={partyId} onDone={() => setOpening(false)} />
      ) : (
        <div className="row">
          <button type="button" className="action" onClick={() => setOpening(true)}>
            {t('agreement.open')} <KeyCap says="+" />
          </button>
          <Link to="/clients/$partyId/boundaries" params={{ partyId }} search={{}} className="action">
            {t('keys.boundaries')} <KeyCap says="l" />
          </Link>
        </div>
      )}
      {terms && <Beside partyId={partyId} terms={terms} />}
    </section>
  );
}

function Beside({ partyId, terms }: { partyId: string; terms: Terms }) {
  return (
    <>
      <EscalationSection partyId={partyId} terms={terms} />
      <ScopeSection partyId={partyId} terms={terms} />
      <SumsSection partyId={partyId} sums={terms.sums} />
      <UnderstandingsSection partyId={partyId} terms={terms} />
      <PeopleSection partyId={partyId} people={terms.people} />
      <StepsSection partyId={partyId} />
    </>
  );
}

type Open = 'accept' | 'add' | 'end' | null;

function AgreementSheet({ agreement, terms }: { agreement: Agreement; terms: Terms }) {
  const [open, setOpen] = useState<Open>(null);
  const { id, partyId, title, number, version, state, decideBy, endsOn, openedAt, clauses } = agreement;
  const isLive = state === 'open';
  const isAnyOffered = clauses.some(({ state: now }) => now === 'offered' || now === 'amendment-offered');
  const close = () => setOpen(null);
  return (
    <article className="sheet" aria-labelledby={`agreement-${id}`}>
      <h2 className="answer-head" id={`agreement-${id}`}>
        {t('agreement.head', { number, title, version })}
      </h2>
      <p className="terms-line small quiet">
        {t('agreement.opened', { date: dateOf(openedAt) })}
        {decideBy && ` · ${t('agreement.decideBy', { date: dateOf(decideBy) })}`}
        {endsOn && ` · ${t('agreement.endsOn', { date: dateOf(endsOn) })}`}
        {!isLive && ` · ${t('agreement.ended')}`}
      </p>
      <ul>
        {clauses.map((clause) => (
          <ClauseLine key={clause.id} agreement={agreement} clause={clause} people={terms.people} />
        ))}
      </ul>
      {isLive && open === null && (
        <div className="terms-line terms-actions">
          {isAnyOffered && (
            <button type="button" className="link-button" onClick={() => setOpen('accept')}>
              {t('agreement.acceptAll')}
            </button>
          )}
          <button type="button" className="link-button" onClick={() => setOpen('add')}>
            {t('clause.add')}
          </button>
          <button type="button" className="link-button" onClick={() => setOpen('end')}>
            {t('agreement.end')}
          </button>
        </div>
      )}
      {open === 'accept' && (
        <AcceptForm partyId={partyId} agreementId={id} clauseId={null} people={terms.people} onDone={close} />
      )}
      {open === 'add' && <AddClause agreementId={id} onDone={close} />}
      {open === 'end' && <EndForm id={id} onDone={close} />}
    </article>
  );
}

function EndForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <ReasonForm
      says={t('agreement.end')}
      doneSays={t('agreement.ended')}
      reason={reason}
      onReason={setReason}
      act={() => endAgreement({ path: { id }, body: { reason } })}
      onDone={onDone}
      onCancel={onDone}
    />
  );
}
